package io.millrace.inference.registry;

import io.millrace.inference.measure.ResidentMemory;
import io.millrace.inference.registry.ModelState.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of this process. Each is loaded for the first function that asks for it, warmed up, shared by all, and closed at the end. One
 * that cannot be loaded is not tried again: the functions that need it are unavailable and say why, the others do not notice.
 */
public final class Models implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Models.class);

    private final Path folder;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private Models(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads the catalogue; loads nothing yet.
     *
     * @param folder for the files of models; its {@code models.yaml}, if there is one, replaces entries of the one that ships by name
     * @param device where models run that name none: {@code cpu}, {@code cuda} or {@code cuda:N}
     * @throws io.millrace.schemas.yaml.UnsoundDefinition naming file, line and field
     */
    public static Models open(Path folder, String device) throws IOException {
        if (!ModelSpec.isDevice(device)) {
            throw new IllegalArgumentException("device must be cpu, cuda or cuda:N, not " + device);
        }
        Models models = new Models(folder);
        Catalogue.of(folder).forEach((name, spec) -> {
            String own = spec.device();
            models.entries.put(name, new Entry(spec, own == null ? device : own));
        });
        return models;
    }

    /** Where the process keeps its models and what functions store beside them. */
    public Path folder() {
        return folder;
    }

    /**
     * The model, loaded when it was not.
     *
     * @throws ModelFault naming the model and why it cannot be used
     */
    public <T extends Model> T get(String name, Class<T> type, Model.Loader<T> loader) throws ModelFault {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new ModelFault("models.yaml names no model " + name + "; there are " + entries.keySet());
        }
        // One lock for each, so that one that is there is had while another is being fetched.
        synchronized (entry) {
            if (entry.state.status() == Status.UNUSED) {
                load(entry, loader);
            }
            Model model = entry.model;
            if (model == null) {
                throw new ModelFault(entry.state.detail());
            }
            return type.cast(model);
        }
    }

    public List<ModelState> states() {
        return entries.values().stream().map(entry -> entry.state).toList();
    }

    // Native libraries and other people's files: whatever is thrown, linkage errors included, is this one model's
    // trouble.
    @SuppressWarnings("CatchThrowable")
    private void load(Entry entry, Model.Loader<? extends Model> loader) {
        ModelSpec spec = entry.spec;
        entry.state = entry.state.loading();
        ModelFiles files = new ModelFiles(folder, spec, entry.state.device());
        long resident = ResidentMemory.bytes();
        long began = System.nanoTime();
        Model model = null;
        try {
            model = loader.load(files);
            long loaded = System.nanoTime();
            model.warmUp();
            ModelState ready = new ModelState(
                    spec,
                    entry.state.device(),
                    Status.READY,
                    "",
                    files.bytes(),
                    (loaded - began) / 1_000_000,
                    (System.nanoTime() - loaded) / 1_000_000,
                    Math.max(0, ResidentMemory.bytes() - resident));
            entry.model = model;
            entry.state = ready;
            LOG.info(
                    "event=model-loaded model={} version={} device={} ms={} warm_up_ms={}",
                    spec.name(),
                    spec.version(),
                    ready.device(),
                    ready.loadMillis(),
                    ready.warmUpMillis());
        } catch (Throwable failure) {
            LOG.error("event=model-failed model={} version={}", spec.name(), spec.version(), failure);
            entry.state = entry.state.failed(
                    failure instanceof ModelFault
                            ? String.valueOf(failure.getMessage())
                            : "model " + spec.name() + " " + spec.version() + ": " + failure);
            if (model != null) {
                model.close();
            }
        }
    }

    /** Closes what was loaded; nothing may use it any more. One that is still being loaded is left to the end of the process. */
    @Override
    public void close() {
        for (Entry entry : entries.values()) {
            if (entry.state.status() != Status.READY) {
                continue;
            }
            synchronized (entry) {
                entry.state = entry.state.failed("inference is shutting down");
                Model model = entry.model;
                entry.model = null;
                if (model != null) {
                    model.close();
                }
            }
        }
    }

    /** A model and how it stands; changed under its own lock, read without. */
    private static final class Entry {
        private final ModelSpec spec;
        private volatile ModelState state;
        private @Nullable Model model;

        Entry(ModelSpec spec, String device) {
            this.spec = spec;
            this.state = ModelState.unused(spec, device);
        }
    }
}
