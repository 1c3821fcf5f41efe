package dev.lockstep.system.inside;

import dev.lockstep.system.probe.dialects.Todo;
import dev.lockstep.system.probe.dialects.web.TodosApi;
import dev.lockstep.system.probe.handled.Part;
import dev.lockstep.system.probe.handled.web.HandledApi;
import dev.lockstep.system.probe.hooks.Documents;
import dev.lockstep.system.probe.model.Note;
import dev.lockstep.system.probe.shipping.Cargo;
import dev.lockstep.system.probe.shipping.web.ShippingApi;
import dev.lockstep.system.probe.stores.StoresSync;
import dev.lockstep.system.probe.sync.ProbeSync;
import dev.lockstep.system.probe.web.ProbeApi;
import dev.lockstep.system.server.TestFolders;
import dev.lockstep.wire.cfsync.CfSyncApi;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.Node;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The EAR with the examples and the probe application. */
public final class ProbeEar {
    private static final String PERSISTENCE_JAR = "/lib/examples-persistence.jar";
    private static final String PERSISTENCE_XML = "/META-INF/persistence.xml";
    private static final String APPLICATION_XML = "/META-INF/application.xml";

    private final EnterpriseArchive ear;

    private ProbeEar(String name) {
        ear = ShrinkWrap.create(ZipImporter.class, name)
                .importFrom(TestFolders.examplesEar().toFile())
                .as(EnterpriseArchive.class);
    }

    /** The valid probe, with a test class that runs in its WAR. */
    static EnterpriseArchive withTestsIn(Class<?>... testClasses) {
        WebArchive war = war("probe.war").addClasses(testClasses).addAsLibrary(jarOf(Assertions.class));
        return new ProbeEar("lockstep-probe.ear").withModel(model()).withWar(Testable.archiveToTest(war), "/probe").ear;
    }

    /** The valid probe, as a file. */
    public static Path inFolder(Path folder) {
        Path file = folder.resolve("lockstep-probe.ear");
        of("lockstep-probe.ear", model(), "/probe").as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    /** The probe with hooks and with Strata's dialect, the handled collections, and the todos in all dialects. */
    public static Path withHooksIn(Path folder) {
        Path file = folder.resolve("lockstep-hooks.ear");
        JavaArchive model = model().addPackage(Documents.class.getPackage());
        new ProbeEar("lockstep-hooks.ear")
                .withModel(model)
                .withWar(war("probe.war").addClass(ProbeSync.class), "/probe")
                .withHandlers()
                .withDialects()
                .withShipping()
                .ear
                .as(ZipExporter.class)
                .exportTo(file.toFile(), true);
        return file;
    }

    /** The examples, and an application with event stores only. */
    public static Path withStoresIn(Path folder) {
        Path file = folder.resolve("lockstep-stores.ear");
        WebArchive war = ShrinkWrap.create(WebArchive.class, "stores.war")
                .addPackage(StoresSync.class.getPackage())
                .addAsLibrary(syncWeb());
        new ProbeEar("lockstep-stores.ear")
                .withWar(war, "/stores")
                .ear
                .as(ZipExporter.class)
                .exportTo(file.toFile(), true);
        return file;
    }

    /** The examples, an application whose collections are kept by handlers, and todos in all dialects. */
    public static Path withHandlersIn(Path folder) {
        Path file = folder.resolve("lockstep-handlers.ear");
        new ProbeEar("lockstep-handlers.ear")
                .withHandlers()
                .withDialects()
                .withShipping()
                .ear
                .as(ZipExporter.class)
                .exportTo(file.toFile(), true);
        return file;
    }

    private ProbeEar withHandlers() {
        return withModel(ShrinkWrap.create(JavaArchive.class, "handled-model.jar")
                        .addPackage(Part.class.getPackage())
                        .addAsResource("db/handled/V1__copies.sql"))
                .withWar(
                        ShrinkWrap.create(WebArchive.class, "handled.war")
                                .addPackage(HandledApi.class.getPackage())
                                .addAsLibrary(syncWeb()),
                        "/handled");
    }

    private ProbeEar withDialects() {
        return withModel(ShrinkWrap.create(JavaArchive.class, "dialects-model.jar")
                        .addPackage(Todo.class.getPackage())
                        .addAsResource("db/dialects/V1__todos.sql")
                        .addAsResource("db/dialects/V2__existing.sql")
                        .addAsResource("db/dialects/V3__after.sql")
                        .addAsResource("db/dialects/V4__tallies.sql"))
                .withWar(
                        ShrinkWrap.create(WebArchive.class, "dialects.war")
                                .addPackage(TodosApi.class.getPackage())
                                .addAsLibrary(syncWeb()),
                        "/dialects");
    }

    private ProbeEar withShipping() {
        return withModel(ShrinkWrap.create(JavaArchive.class, "shipping-model.jar")
                        .addPackage(Cargo.class.getPackage())
                        .addAsResource("db/shipping/V1__shipping.sql"))
                .withWar(
                        ShrinkWrap.create(WebArchive.class, "shipping.war")
                                .addPackage(ShippingApi.class.getPackage())
                                .addAsLibrary(syncWeb()),
                        "/shipping");
    }

    /** The entities of the valid probe, with their migrations. */
    static JavaArchive model() {
        return ShrinkWrap.create(JavaArchive.class, "probe-model.jar")
                .addPackage(Note.class.getPackage())
                .addAsResource("db/probe/V1__notes.sql")
                .addAsResource("db/probe/V2__comments.sql")
                .addAsResource("db/probe/V3__letters.sql");
    }

    /** An EAR whose probe has other entities, or another context path. */
    static EnterpriseArchive of(String name, JavaArchive model, String contextRoot) {
        return new ProbeEar(name).withModel(model).withWar(war("probe.war"), contextRoot).ear;
    }

    /** The valid probe in an EAR whose descriptor does not name the EJB module that starts the engine. */
    static EnterpriseArchive withoutEngineModule(String name) {
        ProbeEar probe = new ProbeEar(name).withModel(model()).withWar(war("probe.war"), "/probe");
        probe.replaceInDescriptor("<module>\\s*<ejb>sync-ejb.jar</ejb>\\s*</module>", "");
        return probe.ear;
    }

    private ProbeEar withModel(JavaArchive model) {
        ear.addAsLibrary(model.addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml"));
        String unit = text(ear.getAsType(JavaArchive.class, PERSISTENCE_JAR).get(PERSISTENCE_XML))
                .replaceFirst("<jar-file>", "<jar-file>" + model.getName() + "</jar-file>\n<jar-file>");
        ear.delete(PERSISTENCE_JAR);
        ear.addAsLibrary(ShrinkWrap.create(
                        JavaArchive.class,
                        Path.of(PERSISTENCE_JAR).getFileName().toString())
                .addAsManifestResource(new StringAsset(unit), "persistence.xml"));
        return this;
    }

    private ProbeEar withWar(WebArchive war, String contextRoot) {
        String module = "<module><web><web-uri>" + war.getName() + "</web-uri><context-root>" + contextRoot
                + "</context-root></web></module>\n<library-directory>";
        replaceInDescriptor("<library-directory>", module);
        ear.addAsModule(war);
        return this;
    }

    private void replaceInDescriptor(String pattern, String replacement) {
        String application = text(ear.get(APPLICATION_XML)).replaceFirst(pattern, replacement);
        ear.delete(APPLICATION_XML);
        ear.setApplicationXML(new StringAsset(application));
    }

    private static WebArchive war(String name) {
        return ShrinkWrap.create(WebArchive.class, name)
                .addPackage(ProbeApi.class.getPackage())
                .addAsLibrary(syncWeb());
    }

    private static JavaArchive syncWeb() {
        return ShrinkWrap.create(ZipImporter.class, "sync-web.jar")
                .importFrom(jarOf(CfSyncApi.class))
                .as(JavaArchive.class);
    }

    private static File jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toFile();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Node file) {
        try (var content = file.getAsset().openStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
