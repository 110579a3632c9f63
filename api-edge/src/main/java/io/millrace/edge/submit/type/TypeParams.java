package io.millrace.edge.submit.type;

import io.millrace.edge.body.Fields;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of one type: their names, and how they are read. */
public interface TypeParams {
    /**
     * Reads the fields of the type and notes what is wrong; other fields are left to the caller.
     *
     * @param whole what must be there must be there; else it may come later, as with a preset
     * @return the parameters in a fixed order of fields
     */
    ObjectNode read(Fields fields, boolean whole);

    /** Of a type that ships, the poster apart; empty for types of the installation, whose parameters only their functions know. */
    static Optional<TypeParams> of(String type) {
        return Optional.ofNullable(Shipped.BY_TYPE.get(type));
    }

    /** The table. */
    final class Shipped {
        private static final Map<String, TypeParams> BY_TYPE = Map.of(
                "roadmap", new RoadmapParams(),
                "cover_image", new CoverParams(),
                "white_background", new WhiteBackgroundParams(),
                "generate", new GenerateParams(),
                "classify", new ClassifyParams(),
                "train", new TrainParams(),
                "tag", new TagParams(),
                "crawl", new CrawlParams());

        private Shipped() {}
    }
}
