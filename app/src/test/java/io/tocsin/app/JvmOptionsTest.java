package io.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests run with the flags of jvm.options, as the product does: those for the Java that runs them, and no others. */
class JvmOptionsTest {
    private final List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();

    @Test
    void shouldReachTheJvmThatRunsTheTests() {
        assertThat(flags)
                .contains(
                        "-XX:+UseG1GC",
                        "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                        "-Dchronicle.analytics.disable=true");
    }

    @Test
    void shouldLeaveOutFlagsOfOtherJavaVersions() {
        boolean is24OrNewer = Runtime.version().feature() >= 24;

        assertThat(flags.contains("--sun-misc-unsafe-memory-access=allow")).isEqualTo(is24OrNewer);
    }
}
