package dev.lockstep.maven;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/**
 * The goal {@code types}: writes the TypeScript types of an application's collections. The engine reads the entities, in a
 * process of the selected JDK: Maven itself may run on an older one. The file is written only if its content changes.
 */
@SuppressWarnings("NullAway.Init") // Maven sets the fields
public class TypesMojo extends AbstractMojo {
    private static final String GENERATOR = "dev.lockstep.typescript.TypeScriptTypes";

    /** Options for a process of about a second: half the processor time. */
    private static final List<String> SHORT_RUN = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Longest run of the generator. */
    private static final int MINUTES_MAX = 2;

    private File output;
    private @Nullable String application;
    private List<String> classPath;
    private List<Artifact> artifacts;
    private MavenSession session;
    private ToolchainManager toolchains;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(SHORT_RUN);
        command.addAll(List.of("-cp", path(), GENERATOR, output.getPath()));
        Optional.ofNullable(application).ifPresent(command::add);
        try {
            Process generator = new ProcessBuilder(command).inheritIO().start();
            if (!generator.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
                generator.destroyForcibly();
                throw new MojoFailureException("The types were not written within " + MINUTES_MAX + " minutes");
            }
            if (generator.exitValue() != 0) {
                throw new MojoFailureException("The types were not written; the reason is above");
            }
        } catch (IOException e) {
            throw new MojoExecutionException("The generator of types cannot be started: " + command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("The generator of types was interrupted", e);
        }
    }

    private String java() {
        return Optional.ofNullable(toolchains.getToolchainFromBuildContext("jdk", session))
                .map(toolchain -> toolchain.findTool("java"))
                .orElseGet(() -> System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    }

    /** The application first, then the engine and what it needs. */
    private String path() {
        return Stream.concat(
                        classPath.stream(),
                        artifacts.stream().map(Artifact::getFile).map(File::getPath))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
