package dev.lockstep.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What may know what, as allow-lists: what is not named here is forbidden. The same rules hold below any root, so that
 * each can be seen red on a package that breaks it.
 */
final class Rules {
    /** What every package may use: the language, injection, and nothing that reaches outside the process. */
    private static final List<String> EVERYWHERE = List.of(
            "java.lang..",
            "java.util..",
            "java.time..",
            "java.math",
            "org.jspecify.annotations",
            "jakarta.annotation",
            "jakarta.inject",
            "jakarta.enterprise..");

    /** Packages below the root, and what each may use besides; those of ours without the root. */
    private static final Map<String, List<String>> MAY_USE = mayUse();

    private final String root;

    Rules(String root) {
        this.root = root;
    }

    private static Map<String, List<String>> mayUse() {
        Map<String, List<String>> table = new LinkedHashMap<>();
        table.put("api", List.of("java.nio.charset", "java.security", "jakarta.interceptor", "jakarta.persistence"));
        table.put(
                "database",
                List.of(
                        "~api",
                        "java.sql",
                        "javax.sql",
                        "jakarta.persistence",
                        "jakarta.transaction",
                        "org.eclipse.microprofile.health",
                        "org.flywaydb.core.."));
        table.put("load", List.of("~api"));
        table.put("execution", List.of("~database"));
        table.put("trace", List.of("org.eclipse.microprofile.config"));
        table.put(
                "identity",
                List.of(
                        "~api",
                        "~database",
                        "~execution",
                        "~log",
                        "~publish",
                        "java.io",
                        "java.nio.charset",
                        "java.security",
                        "java.sql",
                        "jakarta.interceptor",
                        "jakarta.json.."));
        table.put("metrics", List.of("~api", "io.micrometer.core.instrument"));
        table.put(
                "collection",
                List.of(
                        "~api",
                        "~database",
                        "java.io",
                        "java.net",
                        "java.nio",
                        "java.nio.charset",
                        "java.security",
                        "java.sql",
                        "jakarta.json..",
                        "jakarta.persistence..",
                        "jakarta.validation.."));
        // The one place that knows the persistence provider: it is told there what JPA has no words for.
        table.put("persistence", List.of("org.hibernate.boot.registry", "org.hibernate.service.spi"));
        // java.nio: the file in which a node remembers the head, outside the database.
        table.put(
                "log",
                List.of(
                        "~api",
                        "~database",
                        "java.io",
                        "java.nio.charset",
                        "java.nio.file..",
                        "java.sql",
                        "org.eclipse.microprofile.config"));
        table.put("snapshot", List.of("~api", "~collection", "~database", "~log", "~metrics", "java.io", "java.nio.."));
        table.put("room", List.of("~api", "~log", "~metrics"));
        // java.sql: the connection that a transaction lends is passed on to the log, nothing else.
        table.put("publish", List.of("~api", "~database", "~execution", "~log", "~metrics", "~room", "java.sql"));
        table.put(
                "mutation",
                List.of(
                        "~api",
                        "~collection",
                        "~database",
                        "~execution",
                        "~log",
                        "~metrics",
                        "~publish",
                        "~trace",
                        "java.nio.charset",
                        "java.security",
                        "java.sql",
                        "javax.sql"));
        table.put(
                "transaction",
                List.of(
                        "~api",
                        "~collection",
                        "~database",
                        "~log",
                        "~publish",
                        "java.sql",
                        "javax.sql",
                        "jakarta.persistence",
                        "jakarta.transaction",
                        "jakarta.validation"));
        table.put(
                "access",
                List.of(
                        "~access.policy",
                        "~api",
                        "~collection",
                        "~database",
                        "~execution",
                        "~metrics",
                        "~mutation", // IdempotencyLookup, for repeats that are refused before the writer
                        "~publish",
                        "~room",
                        "~snapshot"));
        table.put(
                "access.policy",
                List.of("~api", "~collection", "~database", "~execution", "~room", "jakarta.interceptor"));
        table.put(
                "access.chain",
                List.of(
                        "~access",
                        "~access.policy",
                        "~api",
                        "~database",
                        "~execution",
                        "~metrics",
                        "~trace",
                        "jakarta.interceptor"));
        List<String> web = List.of(
                "java.io",
                "java.net",
                "java.nio..",
                "jakarta.json..",
                "jakarta.servlet..",
                "jakarta.websocket..",
                "jakarta.ws.rs..");
        // io.undertow, org.xnio: UndertowSocketWriter, AnswerThread and UndertowBodies, where the server is Undertow.
        // database, javax.sql, jakarta.transaction: a WAR lends its resources to the engine.
        table.put(
                "wire",
                with(
                        web,
                        "~access",
                        "~api",
                        "~collection",
                        "~database",
                        "~execution",
                        "~identity",
                        "~load",
                        "~metrics",
                        "~room",
                        "java.security",
                        "javax.sql",
                        "io.undertow.connector",
                        "io.undertow.io",
                        "io.undertow.server",
                        "io.undertow.servlet..",
                        "io.undertow.util",
                        "io.undertow.websockets..",
                        "jakarta.transaction",
                        "org.eclipse.microprofile.config",
                        "org.xnio.."));
        // database: whether it is away. org.jose4j, java.security, javax.crypto: wire.identity, which verifies tokens.
        table.put(
                "wire.*",
                with(
                        web,
                        "~access",
                        "~api",
                        "~collection",
                        "~database",
                        "~execution",
                        "~identity",
                        "~load",
                        "~log",
                        "~room",
                        "~snapshot",
                        "~wire",
                        "java.net.http",
                        "java.security..",
                        "javax.crypto..",
                        "org.eclipse.microprofile.config",
                        "org.jose4j.."));
        return table;
    }

    private static List<String> with(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }

    /** The packages that there are, without the root. */
    static Collection<String> packages() {
        return MAY_USE.keySet();
    }

    ArchRule everyPackageIsKnown() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .resideInAnyPackage(packages().stream().map(this::absolute).toArray(String[]::new))
                .because("a new package says here what it may use");
    }

    ArchRule usesOnlyWhatItMay(String name) {
        String[] allowed = Stream.concat(
                        Stream.of(absolute(name)),
                        Stream.concat(EVERYWHERE.stream(), MAY_USE.getOrDefault(name, List.of()).stream())
                                .map(this::resolved))
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(absolute(name))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(primitivesAndArraysOfThem()));
    }

    private static DescribedPredicate<JavaClass> primitivesAndArraysOfThem() {
        return describe("are primitives", type -> type.getBaseComponentType().isPrimitive());
    }

    private String absolute(String name) {
        return root + "." + name;
    }

    private String resolved(String allowed) {
        return allowed.startsWith("~") ? absolute(allowed.substring(1)) : allowed;
    }

    ArchRule dialectsDoNotKnowEachOther() {
        return slices().matching(root + ".wire.(*)..").should().notDependOnEachOther();
    }

    ArchRule noPackageWithoutAConcept() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .resideInAnyPackage(Stream.of("util", "utils", "common", "helper", "helpers", "impl")
                        .map(name -> ".." + name + "..")
                        .toArray(String[]::new));
    }

    ArchRule timeIsInjected() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .accessTargetWhere(describe("the wall clock", Rules::readsTheWallClock))
                .because("whoever needs the time has an InstantSource injected; System.nanoTime measures durations");
    }

    private static boolean readsTheWallClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getName();
        return (owner.startsWith("java.time.")
                        && (name.equals("now") || name.startsWith("system"))
                        && !isTheClock(access))
                || (owner.equals("java.lang.System") && name.equals("currentTimeMillis"))
                || (owner.equals("java.util.Date") && name.equals("<init>"));
    }

    /** The one place that makes the clock. */
    private static boolean isTheClock(JavaAccess<?> access) {
        return access.getTargetOwner().getName().equals("java.time.InstantSource")
                && access.getOriginOwner().getSimpleName().equals("CollectionBeans");
    }

    ArchRule guardedBeansAreInjected() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .callConstructorWhere(describe("of a guarded bean", Rules::makesAGuardedBean))
                .because("the access chain stands around the beans that the container makes, and around no others");
    }

    private static boolean makesAGuardedBean(JavaConstructorCall call) {
        return call.getTargetOwner().isAnnotatedWith("dev.lockstep.api.access.Guarded");
    }

    /** What only the access chain may lead a dialect to. */
    private static final Set<String> BEHIND_THE_CHAIN = Set.of(
            "dev.lockstep.api.Mutations",
            "dev.lockstep.api.SyncRepository",
            "dev.lockstep.collection.row.RowRepository",
            "dev.lockstep.database.Transactions",
            "dev.lockstep.mutation.batch.IdempotencyLookup",
            "dev.lockstep.room.Rooms",
            "dev.lockstep.snapshot.Snapshots");

    ArchRule dialectsGoThroughTheChain() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".wire..")
                .should()
                .dependOnClassesThat(
                        describe("lie behind the chain", type -> BEHIND_THE_CHAIN.contains(type.getName())))
                .because("mutations, reads and rooms are reached through the guarded beans only");
    }

    /** Packages that lie in more than one module. */
    static Set<String> splitPackages(JavaClasses all) {
        Map<String, Set<String>> places = new TreeMap<>();
        for (JavaClass type : all) {
            URI source = type.getSource().orElseThrow().getUri();
            String path = type.getName().replace('.', '/');
            String place = source.toString().replace(path + ".class", "");
            places.computeIfAbsent(type.getPackageName(), name -> new HashSet<>())
                    .add(place);
        }
        Set<String> split = new TreeSet<>();
        places.forEach((name, of) -> {
            if (of.size() > 1) {
                split.add(name);
            }
        });
        return split;
    }
}
