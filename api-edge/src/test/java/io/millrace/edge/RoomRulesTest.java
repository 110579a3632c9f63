package io.millrace.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class RoomRulesTest {
    private static final JavaClasses EDGE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.millrace.edge");

    @Test
    void edgeKnowsNeitherFlinkNorModels() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.flink..",
                        "ai.djl..",
                        "io.millrace.engine..",
                        "io.millrace.orchestrator..",
                        "io.millrace.readmodel..",
                        "io.millrace.inference..",
                        "io.millrace.local..")
                .check(EDGE);
    }

    @Test
    void liveViewIsPure() {
        noClasses()
                .that()
                .resideInAPackage("io.millrace.edge.live")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "org.apache.kafka..", "reactor..", "java.util.concurrent..")
                .check(EDGE);
    }

    @Test
    void onlyTheBrokerPackageTalksToKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.millrace.edge.broker")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.clients..")
                .check(EDGE);
    }
}
