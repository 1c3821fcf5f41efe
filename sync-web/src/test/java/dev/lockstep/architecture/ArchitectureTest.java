package dev.lockstep.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of ARCHITECTURE.md on sync-api, sync-engine, sync-ejb and sync-web; each of them is also seen to fail, on a
 * package that breaks it.
 */
class ArchitectureTest {
    private static final JavaClasses PRODUCTION =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.lockstep");

    private static final String BROKEN_ROOT = "dev.lockstep.architecture.broken";
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(BROKEN_ROOT);

    private final Rules rules = new Rules("dev.lockstep");
    private final Rules brokenRules = new Rules(BROKEN_ROOT);

    static Collection<String> packages() {
        return Rules.packages();
    }

    private static List<String> violations(ArchRule rule) {
        return rule.evaluate(BROKEN).getFailureReport().getDetails();
    }

    @Test
    @DisplayName("the checked classes are those of sync-api, sync-engine, sync-ejb and sync-web")
    void allModules() {
        assertThat(PRODUCTION.contain("dev.lockstep.api.Seq")).isTrue();
        assertThat(PRODUCTION.contain("dev.lockstep.log.ActionLog")).isTrue();
        assertThat(PRODUCTION.contain("dev.lockstep.boot.EngineStartup")).isTrue();
        assertThat(PRODUCTION.contain("dev.lockstep.wire.json.PlainJson")).isTrue();
        assertThat(PRODUCTION.contain(Rules.class)).isFalse();
    }

    @Test
    @DisplayName("every package has a rule")
    void everyPackageIsKnown() {
        rules.everyPackageIsKnown().check(PRODUCTION);
        assertThat(violations(brokenRules.everyPackageIsKnown()))
                .singleElement()
                .asString()
                .contains(BROKEN_ROOT + ".helper.Helper");
    }

    @ParameterizedTest
    @MethodSource("packages")
    @DisplayName("each package uses only its allowed packages")
    void usesOnlyWhatItMay(String name) {
        rules.usesOnlyWhatItMay(name).check(PRODUCTION);
        assertThat(violations(brokenRules.usesOnlyWhatItMay(name)))
                .isNotEmpty()
                .allMatch(violation -> violation.contains("Trespasser"));
    }

    @Test
    @DisplayName("dialects do not depend on each other")
    void dialects() {
        rules.dialectsDoNotKnowEachOther().check(PRODUCTION);
        assertThat(violations(brokenRules.dialectsDoNotKnowEachOther()))
                .singleElement()
                .asString()
                .contains("Slice cfsync", "Slice strata");
    }

    @Test
    @DisplayName("packages have no cycles")
    void noCycles() {
        rules.noCycles().check(PRODUCTION);
        assertThat(violations(brokenRules.noCycles())).anyMatch(violation -> violation.contains("Cycle detected"));
    }

    @Test
    @DisplayName("no package has more than 25 files")
    void largePackages() {
        assertThat(Rules.largePackages(PRODUCTION)).isEmpty();
        assertThat(Rules.largePackages(new ClassFileImporter().importPackages("dev.lockstep", "org.assertj.core.api")))
                .contains("org.assertj.core.api");
    }

    @Test
    @DisplayName("no package is named after something that it is not")
    void noPackageWithoutAConcept() {
        rules.noPackageWithoutAConcept().check(PRODUCTION);
        assertThat(violations(brokenRules.noPackageWithoutAConcept()))
                .singleElement()
                .asString()
                .contains("helper.Helper");
    }

    @Test
    @DisplayName("time is injected")
    void timeIsInjected() {
        rules.timeIsInjected().check(PRODUCTION);
        assertThat(violations(brokenRules.timeIsInjected()))
                .hasSize(4)
                .anyMatch(violation -> violation.contains("Instant.now"))
                .anyMatch(violation -> violation.contains("InstantSource.system"))
                .anyMatch(violation -> violation.contains("currentTimeMillis"))
                .anyMatch(violation -> violation.contains("java.util.Date.<init>"));
    }

    @Test
    @DisplayName("guarded beans are injected")
    void guardedBeansAreInjected() {
        rules.guardedBeansAreInjected().check(PRODUCTION);
        assertThat(violations(brokenRules.guardedBeansAreInjected()))
                .singleElement()
                .asString()
                .contains("GuardedMutations.<init>");
    }

    @Test
    @DisplayName("dialects reach mutations, reads and rooms through the access chain only")
    void dialectsGoThroughTheChain() {
        rules.dialectsGoThroughTheChain().check(PRODUCTION);
        assertThat(violations(brokenRules.dialectsGoThroughTheChain()))
                .isNotEmpty()
                .allMatch(violation -> violation.contains("UnguardedTrespasser"))
                .anyMatch(violation -> violation.contains("Mutations"))
                .anyMatch(violation -> violation.contains("Snapshots"));
    }

    @Test
    @DisplayName("no package is split between two modules")
    void noSplitPackages() {
        assertThat(Rules.splitPackages(PRODUCTION)).isEmpty();
        // With tests, the packages of this module's tests are in two places.
        assertThat(Rules.splitPackages(new ClassFileImporter().importPackages("dev.lockstep.wire")))
                .contains("dev.lockstep.wire.socket");
    }
}
