package io.millrace.inference;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom in this room. */
@AnalyzeClasses(packages = "io.millrace.inference", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String[] SERVING = {
        "..inference.serve..",
        "..inference.run..",
        "..inference.accept..",
        "..inference.store..",
        "..inference.cancel..",
        "..inference.tick..",
        "..inference.load..",
        "..inference.measure..",
        "io.millrace.inference"
    };

    @ArchTest
    static final ArchRule THE_BORDER_KNOWS_NEITHER_SIDE = classes()
            .that()
            .resideInAPackage("..inference.function..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "..inference.function..",
                    "..inference.registry..",
                    "io.millrace.schemas..",
                    "com.fasterxml.jackson..",
                    "java..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule THE_REGISTRY_KNOWS_FILES_NOT_ENGINES = classes()
            .that()
            .resideInAPackage("..inference.registry..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "..inference.registry..",
                    "..inference.measure..",
                    "io.millrace.artifacts..",
                    "io.millrace.schemas.yaml..",
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "software.amazon.awssdk..");

    @ArchTest
    static final ArchRule FUNCTIONS_DO_NOT_KNOW_HOW_THEY_ARE_SERVED = noClasses()
            .that()
            .resideInAnyPackage(
                    "..inference.poster..",
                    "..inference.cover..",
                    "..inference.roadmap..",
                    "..inference.picture..",
                    "..inference.white..",
                    "..inference.generate..",
                    "..inference.classify..",
                    "..inference.train..",
                    "..inference.tag..",
                    "..inference.crawl..",
                    "..inference.model..",
                    "..inference.data..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVING)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule SERVING_KNOWS_NO_FUNCTION = noClasses()
            .that()
            .resideInAnyPackage(SERVING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..inference.poster..",
                    "..inference.cover..",
                    "..inference.roadmap..",
                    "..inference.picture..",
                    "..inference.white..",
                    "..inference.generate..",
                    "..inference.classify..",
                    "..inference.train..",
                    "..inference.tag..",
                    "..inference.crawl..",
                    "..inference.model..",
                    "..inference.data..",
                    "ai.djl..");

    @ArchTest
    static final ArchRule NO_FLINK_RUNTIME_NO_SPRING = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "org.apache.flink.runtime..",
                    "org.apache.flink.streaming..",
                    "org.apache.flink.statefun.flink..");

    @ArchTest
    static final ArchRule STATEFUN_STAYS_AT_THE_DOOR = noClasses()
            .that()
            .resideOutsideOfPackage("..inference.serve..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..", "reactor..", "io.netty..");
}
