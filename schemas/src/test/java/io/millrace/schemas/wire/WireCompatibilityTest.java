package io.millrace.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What was written by an older build must be read by this one: no field of the accepted wire may change its number, its type or
 * its name, or vanish without being reserved. {@code -Dmillrace.wire.accept=true} accepts the wire as it is now.
 */
class WireCompatibilityTest {
    private static final Path ACCEPTED = Path.of("src/test/resources/wire.desc");
    private static final List<FileDescriptor> FILES = List.of(
            io.millrace.schemas.v1.TaskSnapshot.getDescriptor().getFile(),
            TaskCommand.getDescriptor().getFile(),
            Progress.getDescriptor().getFile(),
            BatchRequest.getDescriptor().getFile(),
            TaskState.getDescriptor().getFile());

    @Test
    void theWireIsReadableByOldAndNew() throws IOException {
        FileDescriptorSet.Builder now = FileDescriptorSet.newBuilder();
        FILES.forEach(file -> now.addFile(file.toProto()));
        if (Boolean.getBoolean("millrace.wire.accept")) {
            Files.write(ACCEPTED, now.build().toByteArray());
        }
        Map<String, DescriptorProto> current = messages(now.build());

        messages(FileDescriptorSet.parseFrom(Files.readAllBytes(ACCEPTED))).forEach((name, accepted) -> {
            assertThat(current).as("message %s was removed", name).containsKey(name);
            DescriptorProto message = java.util.Objects.requireNonNull(current.get(name));
            accepted.getFieldList().forEach(field -> compatible(name, field, message));
        });
    }

    private static void compatible(String name, FieldDescriptorProto accepted, DescriptorProto message) {
        List<FieldDescriptorProto> same = message.getFieldList().stream()
                .filter(field -> field.getNumber() == accepted.getNumber())
                .toList();
        if (same.isEmpty()) {
            boolean reserved = message.getReservedRangeList().stream()
                    .anyMatch(
                            range -> range.getStart() <= accepted.getNumber() && accepted.getNumber() < range.getEnd());
            assertThat(reserved)
                    .as("%s.%s was removed and its number is not reserved", name, accepted.getName())
                    .isTrue();
            return;
        }
        FieldDescriptorProto field = same.get(0);
        assertThat(field.getName())
                .as("%s field %s", name, accepted.getNumber())
                .isEqualTo(accepted.getName());
        assertThat(field.getType()).as("%s.%s", name, accepted.getName()).isEqualTo(accepted.getType());
        assertThat(field.getLabel()).as("%s.%s", name, accepted.getName()).isEqualTo(accepted.getLabel());
        assertThat(field.getTypeName()).as("%s.%s", name, accepted.getName()).isEqualTo(accepted.getTypeName());
    }

    private static Map<String, DescriptorProto> messages(FileDescriptorSet files) {
        Map<String, DescriptorProto> messages = new TreeMap<>();
        for (FileDescriptorProto file : files.getFileList()) {
            file.getMessageTypeList().forEach(message -> messages.put(message.getName(), message));
        }
        return messages;
    }
}
