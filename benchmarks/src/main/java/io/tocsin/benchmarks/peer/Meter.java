package io.tocsin.benchmarks.peer;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures one engine's work on a stream: the time of the events behind the warm-up, and the memory that has come to be used
 * since {@link #start()}. Used by the thread that applies events.
 */
public final class Meter {
    private static final Path STAT = Path.of("/proc/stat");
    /** The column of stolen ticks in the line {@code cpu}, and what such a tick is worth. */
    private static final int STEAL_COLUMN = 8;

    private static final long TICK_MS = 10;

    private final int warmUp;
    private final int size;
    private int applied;
    private int next;
    private long bytesBefore;
    private long nsBefore;
    private long cpuNsBefore;
    private long stealMsBefore;
    private long bytes;
    private long ns;
    private long cpuNs;
    private long stealMs;

    /** A meter for the events of a stream. */
    public Meter(TicketStream stream) {
        warmUp = stream.head().warmUp();
        size = stream.size();
        next = warmUp;
    }

    /** Notes how much memory is in use; to be called before the engine is told of the first event. */
    public void start() {
        bytesBefore = bytesInUse();
    }

    /** Notes that an event was applied. */
    public void applied() {
        if (++applied == next) {
            mark();
        }
    }

    /** The result as {@code name=value} pairs. */
    public String result() {
        if (applied != size) {
            throw new IllegalStateException(applied + " events were applied, the stream has " + size);
        }
        return "events=" + (size - warmUp) + " ns=" + ns + " cpuNs=" + cpuNs + " stealMs=" + stealMs + " bytes="
                + bytes;
    }

    private void mark() {
        if (applied == warmUp) {
            next = size;
            stealMsBefore = stolenMs();
            cpuNsBefore = processorNs();
            nsBefore = System.nanoTime();
        } else {
            ns = System.nanoTime() - nsBefore;
            cpuNs = processorNs() - cpuNsBefore;
            stealMs = stolenMs() - stealMsBefore;
            bytes = bytesInUse() - bytesBefore;
        }
    }

    /** Milliseconds for which this machine's processors were busy for others, all together; 0 where nobody knows. */
    public static long stolenMs() {
        if (!Files.isReadable(STAT)) {
            return 0;
        }
        try (var lines = Files.lines(STAT)) {
            String cpu = lines.findFirst().orElse("");
            String[] columns = cpu.split(" +");
            return columns.length > STEAL_COLUMN ? Long.parseLong(columns[STEAL_COLUMN]) * TICK_MS : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long all threads of this process have had a processor, collectors and compilers included. */
    public static long processorNs() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** What is alive on the heap, and in buffers outside of it. Collects garbage. */
    public static long bytesInUse() {
        System.gc();
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            used += pool.getMemoryUsed();
        }
        return used;
    }
}
