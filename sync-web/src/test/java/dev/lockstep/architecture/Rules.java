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
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Allowed dependencies of each package, as allow-lists: everything else is forbidden. The same rules hold below any
 * root, so that each is also seen to fail, on a package that breaks it.
 */
final class Rules {
    /** Allowed for every package: the language, injection, and nothing that reaches outside the process. */
    private static final List<String> EVERYWHERE = List.of(
            "java.lang..",
            "java.util..",
            "java.time..",
            "java.math",
            "org.jspecify.annotations",
            "jakarta.annotation",
            "jakarta.inject",
            "jakarta.enterprise..");

    /** Packages of one dialect each, below {@code wire}. */
    private static final List<String> DIALECTS = List.of("cfsync", "channels", "livestore", "strata");

    private static final int FILES_MAX = 25;

    /** Packages below the root, and their additional dependencies; our own without the root. */
    private static final Map<String, List<String>> MAY_USE = mayUse();

    private final String root;

    Rules(String root) {
        this.root = root;
    }

    private static Map<String, List<String>> mayUse() {
        Map<String, List<String>> table = new LinkedHashMap<>();
        put(
                table,
                "api..",
                "java.nio.charset java.security jakarta.interceptor jakarta.persistence"
                        + " jakarta.persistence.criteria");
        put(table, "admission", "~api");
        put(
                table,
                "database",
                "~api java.sql javax.sql jakarta.persistence jakarta.transaction org.eclipse.microprofile.health"
                        + " org.flywaydb.core..");
        put(table, "configuration", "org.eclipse.microprofile.config");
        put(table, "execution", "~database");
        put(table, "handler", "~api.. ~collection ~collection.registry");
        put(table, "trace", "org.eclipse.microprofile.config");
        put(table, "typescript", "~api.. ~collection.. java.io java.nio..");
        put(table, "metrics", "~api io.micrometer.core.instrument");
        // The only package that uses the persistence provider's own API, for what JPA does not offer.
        put(
                table,
                "persistence",
                "~collection jakarta.enterprise.inject.spi org.hibernate.boot org.hibernate.boot.model org.hibernate.boot.registry"
                        + " org.hibernate.boot.spi org.hibernate.collection.spi org.hibernate.engine.spi org.hibernate.event.service.spi"
                        + " org.hibernate.event.spi org.hibernate.integrator.spi org.hibernate.mapping org.hibernate.service"
                        + " org.hibernate.service.spi org.hibernate.type org.hibernate.type.descriptor.converter.spi"
                        + " org.hibernate.type.descriptor.jdbc");
        put(
                table,
                "collection..",
                "~api.. ~database com.github.benmanes.caffeine.cache java.io java.net java.nio java.nio.charset java.security"
                        + " java.sql jakarta.json.. jakarta.persistence.. jakarta.validation..");
        // java.nio.file: the file in which a node stores the head, outside the database.
        put(
                table,
                "log",
                "~api ~database java.io java.nio.charset java.nio.file.. java.sql org.eclipse.microprofile.config");
        put(table, "event", "~api ~database ~execution ~log java.nio.charset java.security java.sql");
        put(table, "event.consumer", "~api.. ~collection ~database ~delivery ~event ~log ~trace java.sql");
        put(table, "snapshot", "~api ~collection.. ~database ~log ~metrics java.io java.nio..");
        put(table, "room", "~api.. ~log ~metrics");
        // java.sql: the connection of a transaction is passed on to the log, nothing else.
        put(table, "delivery", "~api.. ~database ~execution ~log ~metrics ~room ~trace java.io java.sql jakarta.json");
        put(
                table,
                "identity",
                "~api.. ~database ~delivery ~execution ~log com.github.benmanes.caffeine.cache java.io java.nio.charset"
                        + " java.security java.sql jakarta.interceptor jakarta.json..");
        put(
                table,
                "mutation..",
                "~api.. ~collection.. ~database ~delivery ~event ~handler ~log ~metrics ~trace java.nio.charset java.security"
                        + " java.sql javax.sql jakarta.persistence");
        put(
                table,
                "transaction",
                "~api.. ~collection.. ~database ~delivery ~event ~handler ~log java.io java.nio.charset java.sql javax.sql"
                        + " jakarta.json.. jakarta.persistence jakarta.transaction jakarta.validation");
        // mutation: IdempotencyLookup, for repeats that are refused before the writer.
        put(
                table,
                "access",
                "~access.policy ~api.. ~collection.. ~database ~delivery ~event ~execution ~handler ~metrics ~mutation.. ~room"
                        + " ~snapshot com.github.benmanes.caffeine.cache jakarta.interceptor");
        put(
                table,
                "access.policy",
                "~api.. ~collection.. ~database ~execution ~handler ~room jakarta.interceptor jakarta.persistence.criteria"
                        + " org.eclipse.microprofile.config");
        put(table, "access.routing", "~access ~api ~collection.. ~database ~execution");
        put(
                table,
                "access.chain",
                "~access ~access.policy ~api.. ~collection ~collection.registry ~database ~execution ~handler ~metrics ~trace"
                        + " jakarta.interceptor");
        put(
                table,
                "engine",
                "~access ~access.policy ~api ~collection.. ~database ~delivery ~event.consumer ~execution ~handler ~identity"
                        + " ~log ~metrics ~mutation.. ~trace java.sql javax.sql");
        put(table, "boot", "~database ~engine jakarta.ejb jakarta.transaction javax.sql");
        String web = "java.io java.net java.nio.. jakarta.servlet.. org.eclipse.microprofile.config";
        put(table, "wire.json", "~api java.io java.nio.. jakarta.json..");
        put(table, "wire.application", "~api.. ~collection ~collection.registry " + web);
        // database: whether it is reachable. io.undertow, org.xnio: where the server is Undertow.
        put(
                table,
                "wire.http",
                "~admission ~api ~database ~execution ~snapshot ~wire.application ~wire.json io.undertow.. java.security org.xnio.. "
                        + web);
        put(
                table,
                "wire.identity..",
                "~api.. ~collection ~database ~identity ~wire.application ~wire.http ~wire.json java.net.http"
                        + " java.security.. javax.crypto.. jakarta.interceptor jakarta.ws.rs.. org.jose4j.. " + web);
        put(
                table,
                "wire.endpoint",
                "~api.. ~wire.application ~wire.http ~wire.identity ~wire.json java.nio.charset"
                        + " jakarta.annotation.security jakarta.json jakarta.servlet jakarta.servlet.http"
                        + " jakarta.ws.rs.. org.eclipse.microprofile.jwt");
        put(
                table,
                "wire.socket",
                "~access ~api.. ~collection ~configuration ~execution ~identity ~metrics ~room ~wire.application ~wire.http"
                        + " ~wire.identity.. io.undertow.websockets.. jakarta.websocket.. java.security org.xnio.. "
                        + web);
        put(
                table,
                "wire.socket.writer",
                "~configuration ~execution ~wire.http ~wire.socket io.undertow.websockets.. jakarta.websocket.. org.xnio.. "
                        + web);
        put(table, "wire", "~engine ~wire.application ~wire.http " + web);
        for (String dialect : DIALECTS) {
            // The limits of fields, which the OpenAPI document shows.
            String limits = dialect.equals("cfsync") ? "jakarta.validation.constraints " : "";
            put(
                    table,
                    "wire." + dialect + "..",
                    "~access ~access.routing ~admission ~api.. ~collection.. ~database ~event ~execution ~log ~metrics ~room"
                            + " ~snapshot ~trace ~wire.application ~wire.endpoint ~wire.http ~wire.identity ~wire.json ~wire.socket java.security"
                            + " jakarta.websocket.. jakarta.ws.rs.. "
                            + limits
                            + web);
        }
        return table;
    }

    private static void put(Map<String, List<String>> table, String name, String mayUse) {
        table.put(name, List.of(mayUse.split(" ")));
    }

    /** The existing packages, without the root. */
    static Collection<String> packages() {
        return MAY_USE.keySet();
    }

    /** The packages of ours that each package may use, besides {@code api}. */
    static Map<String, Set<String>> ownPackages() {
        Map<String, Set<String>> own = new TreeMap<>();
        MAY_USE.forEach((name, used) -> own.put(
                name,
                used.stream()
                        .filter(each -> each.startsWith("~") && !each.startsWith("~api"))
                        .map(each -> each.substring(1))
                        .collect(Collectors.toCollection(TreeSet::new))));
        return own;
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
        return slices().matching(root + ".wire.(" + String.join("|", DIALECTS) + ")..")
                .should()
                .notDependOnEachOther();
    }

    ArchRule noCycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    /** Packages with more files than a reader can survey. */
    static Set<String> largePackages(JavaClasses all) {
        Map<String, Set<String>> files = new TreeMap<>();
        for (JavaClass type : all) {
            files.computeIfAbsent(type.getPackageName(), name -> new HashSet<>())
                    .add(type.getSource().orElseThrow().getFileName().orElseThrow());
        }
        files.values().removeIf(of -> of.size() <= FILES_MAX);
        return files.keySet();
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

    /** The only place that creates the clock. */
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

    /** Types that dialects may use through the access chain only. */
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

    /** Packages split between modules. */
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
