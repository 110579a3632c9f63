package io.millrace.orchestrator.function;

import io.millrace.orchestrator.config.JobSettings;
import io.millrace.orchestrator.config.StateBackend;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.statefun.sdk.FunctionType;
import org.apache.flink.statefun.sdk.annotations.Persisted;
import org.apache.flink.statefun.sdk.state.PersistedAppendingBuffer;
import org.apache.flink.statefun.sdk.state.PersistedTable;
import org.apache.flink.statefun.sdk.state.PersistedValue;

/** Finds the states of the functions as StateFun does. */
public final class StateNames {
    private StateNames() {}

    /** {@code TYPE NAME CLASS} of every state, in the order of the functions. */
    public static List<String> all() throws IllegalAccessException {
        EngineProvider provider = new EngineProvider(
                null, new JobSettings("pins", 1, Duration.ZERO, Duration.ofHours(1)), 2, StateBackend.HASHMAP);
        List<String> names = new ArrayList<>();
        for (FunctionType type : List.of(
                Addresses.TASK,
                Addresses.TOMBSTONES,
                Addresses.LANE,
                Addresses.BATCH,
                Addresses.CAMPAIGN,
                Addresses.REJECTION)) {
            Object function = provider.functionOfType(type);
            names.add("function " + type.namespace() + "/" + type.name());
            for (Field field : function.getClass().getDeclaredFields()) {
                if (field.isAnnotationPresent(Persisted.class)) {
                    field.setAccessible(true);
                    names.add("state " + type.namespace() + "/" + type.name() + " " + describe(field.get(function)));
                }
            }
        }
        return names;
    }

    /** Examples of every kind of id. */
    public static List<String> ids() {
        Addresses addresses = new Addresses(1);
        var task = Addresses.task("task_X");
        var batcher = addresses.batcher("ocr", task);
        return List.of(
                "id " + task.id(),
                "id " + addresses.tombstones("task_X").id(),
                "id " + Addresses.lane("poster").id(),
                "id " + Addresses.page("poster", 7).id(),
                "id " + batcher.id(),
                "id " + Addresses.campaign("camp_X").id(),
                "id " + addresses.slot("ocr", batcher, 1).id(),
                "id " + Addresses.rejection("tasks.commands.v1", 0).id());
    }

    private static String describe(Object state) {
        if (state instanceof PersistedValue<?> value) {
            return value.name() + " value " + value.type().getName();
        }
        if (state instanceof PersistedTable<?, ?> table) {
            return table.name() + " table " + table.keyType().getName() + " "
                    + table.valueType().getName();
        }
        PersistedAppendingBuffer<?> buffer = (PersistedAppendingBuffer<?>) state;
        return buffer.name() + " buffer " + buffer.elementType().getName();
    }
}
