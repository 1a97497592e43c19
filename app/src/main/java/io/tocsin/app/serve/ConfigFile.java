package io.tocsin.app.serve;

import io.tocsin.app.Failure;
import io.tocsin.app.serve.ServeConfig.EngineSettings;
import io.tocsin.app.serve.ServeConfig.JournalSettings;
import io.tocsin.app.serve.ServeConfig.SnapshotSettings;
import io.tocsin.app.yaml.Fields;
import io.tocsin.app.yaml.Problem;
import io.tocsin.app.yaml.Problems;
import io.tocsin.app.yaml.Scalars;
import io.tocsin.app.yaml.Value;
import io.tocsin.app.yaml.YamlText;
import io.tocsin.engine.pipeline.SyncLevel;
import io.tocsin.http.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Reads the file of {@code --config}. What it does not say stays at its default; a path in it is relative to the file.
 * {@code examples/tocsin.yaml} has every key.
 */
final class ConfigFile {
    private static final String KIND = "configuration file";
    private static final List<String> KEYS = List.of("policy", "data", "http", "engine", "journal", "snapshots");
    private static final List<String> HTTP_KEYS = List.of(
            "host",
            "port",
            "max_body",
            "max_future_skew",
            "apply_timeout",
            "full_ring_patience",
            "answer_timeout",
            "answer_life",
            "stream_comment",
            "stream_patience",
            "max_streams");
    private static final List<String> ENGINE_KEYS = List.of("idle", "ring", "remembered_ids");
    private static final List<String> JOURNAL_KEYS = List.of("sync", "sync_every", "retention");
    private static final List<String> SNAPSHOT_KEYS = List.of("every", "every_events", "at_stop");
    private static final String FOR_EVER = "forever";

    private static final int MOST_PORT = 65_535;
    private static final long LEAST_BODY = 1 << 10;
    private static final long MOST_BODY = 1 << 30;
    private static final int MOST_STREAMS = 100_000;
    private static final int LEAST_SLOTS = 64;
    private static final int MOST_SLOTS = 1 << 20;
    private static final int MOST_REMEMBERED_IDS = 100_000_000;
    private static final int LEAST_EVENTS = 1;
    private static final int MOST_EVENTS = 999_999_999;

    private final Path file;

    private ConfigFile(Path file) {
        this.file = file;
    }

    /**
     * The settings of a file.
     *
     * @throws Failure of input, with every mistake of the file, if it is missing or not valid
     */
    static ServeConfig read(Path file) {
        Problems problems = new Problems();
        ServeConfig config =
                parse(file, problems).flatMap(new ConfigFile(file)::readRoot).orElse(ServeConfig.DEFAULT);
        List<Problem> errors = problems.errors();
        if (!errors.isEmpty()) {
            throw Failure.ofInput(
                    errors.stream().map(problem -> file + ":" + problem).toList());
        }
        return config;
    }

    private static Optional<Value> parse(Path file, Problems problems) {
        if (!Files.exists(file) || Files.isDirectory(file)) {
            throw Failure.ofInput(file + ": there is no such file; give the path of a configuration file");
        }
        try {
            return YamlText.read(file, KIND, problems);
        } catch (IOException e) {
            throw Failure.ofInput(file + ": cannot be read (" + e + "); check that it may be read");
        }
    }

    /** A file that says nothing, such as one of comments only, leaves everything at its default. */
    private Optional<ServeConfig> readRoot(Value root) {
        return root.isNothing()
                ? Optional.empty()
                : root.fields("a map of " + String.join(", ", KEYS), KEYS).map(this::readFields);
    }

    private ServeConfig readFields(Fields fields) {
        ServeConfig defaults = ServeConfig.DEFAULT;
        Optional<Path> policy = path(fields, "policy", "the path of a policy file");
        Optional<Path> data = path(fields, "data", "the path of a data folder");
        ServeConfig config = new ServeConfig(
                null,
                data.orElse(defaults.data()),
                section(fields, "http", HTTP_KEYS).map(ConfigFile::http).orElse(defaults.http()),
                section(fields, "engine", ENGINE_KEYS).map(ConfigFile::engine).orElse(defaults.engine()),
                section(fields, "journal", JOURNAL_KEYS)
                        .map(ConfigFile::journal)
                        .orElse(defaults.journal()),
                section(fields, "snapshots", SNAPSHOT_KEYS)
                        .map(ConfigFile::snapshots)
                        .orElse(defaults.snapshots()));
        return policy.map(config::withPolicy).orElse(config);
    }

    private Optional<Path> path(Fields fields, String key, String expected) {
        Optional<Value> value = fields.get(key);
        Optional<String> text = value.flatMap(given -> given.text(expected));
        try {
            return text.map(file::resolveSibling);
        } catch (InvalidPathException e) {
            value.ifPresent(given -> given.error("is " + given.described() + ", expected " + expected));
            return Optional.empty();
        }
    }

    private static Optional<Fields> section(Fields fields, String key, List<String> keys) {
        return fields.get(key).flatMap(value -> value.fields("a map of " + String.join(", ", keys), keys));
    }

    private static ServerConfig http(Fields fields) {
        ServerConfig defaults = ServerConfig.defaults();
        return new ServerConfig(
                fields.get("host")
                        .flatMap(value -> value.text("a host name or address such as 127.0.0.1"))
                        .orElse(defaults.host()),
                number(fields, "port", 0, MOST_PORT).orElse(defaults.port()),
                (int) maxBody(fields).orElse(defaults.maxBodyLength()),
                durationNs(fields, "max_future_skew").orElse(defaults.maxFutureSkewNs()),
                durationMs(fields, "apply_timeout").orElse(defaults.applyTimeoutMs()),
                durationNs(fields, "full_ring_patience").orElse(defaults.fullRingPatienceNs()),
                durationMs(fields, "answer_timeout").orElse(defaults.answerTimeoutMs()),
                durationNs(fields, "answer_life").orElse(defaults.answerLifeNs()),
                durationMs(fields, "stream_comment").orElse(defaults.streamCommentMs()),
                durationMs(fields, "stream_patience").orElse(defaults.streamPatienceMs()),
                number(fields, "max_streams", 1, MOST_STREAMS).orElse(defaults.maxStreams()),
                defaults.wallboardFolder());
    }

    private static EngineSettings engine(Fields fields) {
        EngineSettings defaults = EngineSettings.DEFAULT;
        return new EngineSettings(
                fields.get("idle")
                        .flatMap(value -> oneOf(Idle.class, "way to idle", value))
                        .orElse(defaults.idle()),
                fields.get("ring")
                        .map(ConfigFile::eventSlots)
                        .orElse(OptionalInt.empty())
                        .orElse(defaults.eventSlots()),
                number(fields, "remembered_ids", 1, MOST_REMEMBERED_IDS));
    }

    private static JournalSettings journal(Fields fields) {
        JournalSettings defaults = JournalSettings.DEFAULT;
        return new JournalSettings(
                fields.get("sync")
                        .flatMap(value -> oneOf(SyncLevel.class, "level", value))
                        .orElse(defaults.sync()),
                durationMs(fields, "sync_every").orElse(defaults.syncEveryMs()),
                retentionMs(fields));
    }

    private static OptionalLong retentionMs(Fields fields) {
        Optional<String> text = fields.get("retention").flatMap(value -> value.text("a duration, or " + FOR_EVER));
        return text.isEmpty() || text.get().equals(FOR_EVER) ? OptionalLong.empty() : durationMs(fields, "retention");
    }

    private static SnapshotSettings snapshots(Fields fields) {
        SnapshotSettings defaults = SnapshotSettings.DEFAULT;
        return new SnapshotSettings(
                durationMs(fields, "every").orElse(defaults.everyMs()),
                number(fields, "every_events", LEAST_EVENTS, MOST_EVENTS).orElse((int) defaults.everyEvents()),
                fields.get("at_stop").flatMap(Scalars::truth).orElse(defaults.atStop()));
    }

    /** A constant of an enum, written small. */
    private static <E extends Enum<E>> Optional<E> oneOf(Class<E> type, String what, Value value) {
        List<E> constants = List.of(type.getEnumConstants());
        List<String> names =
                constants.stream().map(it -> it.name().toLowerCase(Locale.ROOT)).toList();
        Optional<String> name = value.text("one of " + String.join(", ", names));
        if (name.isPresent() && !names.contains(name.get())) {
            value.unknown(what, name.get(), names);
            return Optional.empty();
        }
        return name.map(known -> constants.get(names.indexOf(known)));
    }

    private static OptionalInt eventSlots(Value value) {
        OptionalInt slots = Scalars.number(value, LEAST_SLOTS, MOST_SLOTS);
        if (slots.isPresent() && Integer.bitCount(slots.getAsInt()) != 1) {
            int next = Integer.highestOneBit(slots.getAsInt()) << 1;
            value.error("is " + value.described() + ", expected a power of two such as " + next);
            return OptionalInt.empty();
        }
        return slots;
    }

    private static OptionalLong maxBody(Fields fields) {
        return fields.get("max_body")
                .map(value -> Scalars.sizeBytes(value, LEAST_BODY, MOST_BODY))
                .orElse(OptionalLong.empty());
    }

    private static OptionalInt number(Fields fields, String key, int least, int most) {
        return fields.get(key).map(value -> Scalars.number(value, least, most)).orElse(OptionalInt.empty());
    }

    private static OptionalLong durationNs(Fields fields, String key) {
        return fields.get(key).map(Scalars::durationNs).orElse(OptionalLong.empty());
    }

    private static OptionalLong durationMs(Fields fields, String key) {
        Optional<Value> value = fields.get(key);
        OptionalLong durationNs = value.map(Scalars::durationNs).orElse(OptionalLong.empty());
        if (value.isEmpty() || durationNs.isEmpty()) {
            return OptionalLong.empty();
        }
        long durationMs = TimeUnit.NANOSECONDS.toMillis(durationNs.getAsLong());
        if (durationMs == 0) {
            value.get().error("is " + value.get().described() + ", expected at least 1ms");
            return OptionalLong.empty();
        }
        return OptionalLong.of(durationMs);
    }
}
