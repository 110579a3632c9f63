package io.millrace.inference.roadmap.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.registry.Models;
import io.millrace.inference.roadmap.Knowledge;
import io.millrace.inference.roadmap.content.ContentFunction;

/** Loads phase {@code roadmap_content}. */
public final class RoadmapContentFactory implements FunctionFactory {
    @Override
    public String name() {
        return "roadmap_content";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new ContentFunction(new Knowledge());
    }
}
