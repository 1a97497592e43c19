package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system of a few megabytes, in memory, that lies at a folder for those processes only that run {@link #by} it; the
 * network is everybody's. It takes no privileges where the system allows user namespaces, as Linux does unless told not to;
 * where it does not, the test fails and says so. Gone on close.
 */
final class SmallDisk implements AutoCloseable {
    private static final String NEEDED = "this test needs unshare, nsenter, mount and a user namespace of its own"
            + " (user.max_user_namespaces, kernel.unprivileged_userns_clone,"
            + " kernel.apparmor_restrict_unprivileged_userns, a container's seccomp profile)";
    private static final long DEADLINE_S = 30;

    private final Path folder;
    private final Process holder;

    private SmallDisk(Path folder, Process holder) {
        this.folder = folder;
        this.holder = holder;
    }

    /** Mounts one; the folder must exist. */
    static SmallDisk mount(Path folder, int megabytes) throws IOException {
        String script = "mount -t tmpfs -o size=" + megabytes + "m none '" + folder + "' && echo mounted && exec cat";
        Process holder = new ProcessBuilder("unshare", "--map-root-user", "--mount", "sh", "-c", script)
                .redirectErrorStream(true)
                .start();
        BufferedReader out = holder.inputReader();
        assertThat(out.readLine()).as(NEEDED).isEqualTo("mounted");
        return new SmallDisk(folder, holder);
    }

    /** What a command has to begin with to see it. */
    List<String> by() {
        return List.of(
                "nsenter",
                "--user",
                "--mount",
                "--preserve-credentials",
                "--wd",
                "--target",
                Long.toString(holder.pid()));
    }

    /** How everybody else sees a file of it. */
    Path seen(Path file) {
        return Path.of("/proc", Long.toString(holder.pid()), "root").resolve(file.subpath(0, file.getNameCount()));
    }

    /** Mounts it again with other options; what {@code mount} says, empty when it has done so. */
    String remount(String options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(by());
        command.addAll(List.of("mount", "-o", "remount," + options, folder.toString()));
        Process mount = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(mount.waitFor(DEADLINE_S, TimeUnit.SECONDS)).isTrue();
        return said.strip();
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
