package dev.stator.conformance.structure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Arrows point down only, packages form no cycles, and the core is pure. */
class ArchitectureTest {
    private static final String[] PURE = {
        "dev.stator.model..", "dev.stator.replication..", "dev.stator.core.."
    };

    private static JavaClasses classes = new ClassFileImporter().importPackages("dev.stator.none");

    @BeforeAll
    static void importClasses() {
        classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.stator");
    }

    @Test
    void modulesDependOnLowerModulesOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("model")
                .definedBy("dev.stator.model..")
                .layer("replication")
                .definedBy("dev.stator.replication..")
                .layer("core")
                .definedBy("dev.stator.core..")
                .layer("storage")
                .definedBy("dev.stator.storage..")
                .layer("server")
                .definedBy("dev.stator.server..")
                .layer("simulator")
                .definedBy("dev.stator.simulator..")
                .optionalLayer("tools")
                .definedBy("dev.stator.tools..")
                .layer("benchmarks")
                .definedBy("dev.stator.benchmarks..")
                .whereLayer("benchmarks")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("benchmarks")
                .whereLayer("simulator")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("tools")
                .mayOnlyBeAccessedByLayers("benchmarks")
                .whereLayer("storage")
                .mayOnlyBeAccessedByLayers("server", "simulator", "benchmarks")
                .whereLayer("core")
                .mayOnlyBeAccessedByLayers("storage", "server", "simulator", "benchmarks")
                .whereLayer("replication")
                .mayOnlyBeAccessedByLayers("core", "storage", "server", "simulator", "benchmarks")
                .check(classes);
    }

    /** The one carries a licence, the other is there to be compared with. */
    @Test
    void onlyBenchmarksUseTheirLibraries() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.stator.benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.openjdk.jmh..", "org.apache.ratis..")
                .check(classes);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("dev.stator.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void theCoreDependsOnTheLanguageOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "java.lang..",
                        "java.math..",
                        "java.nio.charset..",
                        "java.nio",
                        "java.security", // digests; not its randomness, see below
                        "java.time..",
                        "java.util",
                        "java.util.function..",
                        "java.util.stream..",
                        "java.util.zip..",
                        "java.util.concurrent",
                        "org.jspecify..",
                        "dev.stator..")
                .check(classes);
    }

    @Test
    void theCoreHasNoThreadsClocksLocksOrRandomness() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.lang\\.(Thread|ThreadLocal|Process|ProcessBuilder|Runtime)(\\$.*)?"
                                + "|java\\.util\\.(Random|SplittableRandom|Timer|TimerTask)"
                                + "|java\\.util\\.concurrent\\.(?!TimeUnit).*"
                                + "|java\\.security\\.SecureRandom"
                                + "|java\\.time\\.Clock")
                .check(classes);
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "identityHashCode", Object.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(classes);
    }

    @Test
    void theCoreIteratesNothingWhoseOrderDiffersBetweenRuns() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(java.util.Set.class, "copyOf", java.util.Collection.class)
                .orShould()
                .callMethod(java.util.Map.class, "copyOf", java.util.Map.class)
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(IdentityHashMap|WeakHashMap)")
                .check(classes);
    }
}
