package io.tocsin.engine.core;

import io.tocsin.engine.alert.AlertRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What was announced of an objective in one group. An episode lasts from a crossing to the clearing after it; they are
 * numbered from 1 and no number is used twice, whatever becomes of the policy file. The core's thread.
 */
final class ObjectiveState {
    private static final String ROOT = "objective/";

    private final String objective;
    private final List<KeyPart> key;
    private final String group;
    private int episode;
    private boolean crossed;

    /**
     * One attribute of a group's key.
     *
     * @param kind {@link ValueKind#REMOVED} for tickets without the attribute
     */
    record KeyPart(String name, ValueKind kind, String value) {
        /** As an alert's attribute; without a value there is none. */
        void write(AlertRecordWriter writer) {
            if (kind != ValueKind.REMOVED) {
                DirectBuffer nameBytes = bytes(name);
                DirectBuffer valueBytes = bytes(value);
                writer.attribute(kind, nameBytes, 0, nameBytes.capacity(), valueBytes, 0, valueBytes.capacity());
            }
        }

        /** {@code team=a}, {@code level:=3} for what is no string, {@code team} for none. */
        private String text() {
            return switch (kind) {
                case REMOVED -> escaped(name);
                case STRING -> escaped(name) + "=" + escaped(value);
                case NUMBER, BOOLEAN -> escaped(name) + ":=" + escaped(value);
            };
        }

        /** What has a meaning in an id is written as in URLs. */
        private static String escaped(String text) {
            return text.replace("%", "%25")
                    .replace("/", "%2F")
                    .replace(",", "%2C")
                    .replace("=", "%3D")
                    .replace(":", "%3A");
        }
    }

    ObjectiveState(String objective, List<KeyPart> key) {
        this.objective = objective;
        this.key = List.copyOf(key);
        group = key.isEmpty()
                ? "all"
                : String.join(",", key.stream().map(KeyPart::text).toList());
    }

    String objective() {
        return objective;
    }

    /** The group's key, as alerts carry it. */
    List<KeyPart> key() {
        return key;
    }

    /** The group's key as a text that no other group of the objective has. */
    String group() {
        return group;
    }

    /** Whether the figure is beyond the bound and was not well since. */
    boolean isCrossed() {
        return crossed;
    }

    /** The number of the episode that lasts or was last, 0 before the first. */
    int episode() {
        return episode;
    }

    /** How ids of alerts begin: {@code objective/NAME/GROUP/EPISODE}. */
    String path() {
        return name(objective, group) + "/" + episode;
    }

    /** Tells the objective and the group from all others. */
    static String name(String objective, String group) {
        return ROOT + KeyPart.escaped(objective) + "/" + group;
    }

    void cross() {
        episode++;
        crossed = true;
    }

    void clear() {
        crossed = false;
    }

    void save(SnapshotWriter out) {
        out.text(objective);
        out.number(key.size());
        for (KeyPart part : key) {
            out.text(part.name);
            out.number(part.kind.code() - 1);
            out.text(part.value);
        }
        out.number(episode);
        out.number(crossed ? 1 : 0);
    }

    static ObjectiveState load(SnapshotReader in) {
        String objective = in.text();
        List<KeyPart> key = new ArrayList<>();
        for (int left = in.upTo(Integer.MAX_VALUE); left > 0; left--) {
            String name = in.text();
            ValueKind kind = ValueKind.of((byte) (1 + in.upTo(ValueKind.REMOVED.code() - 1)));
            key.add(new KeyPart(name, kind, in.text()));
        }
        ObjectiveState state = new ObjectiveState(objective, key);
        state.episode = in.upTo(Integer.MAX_VALUE);
        state.crossed = in.upTo(1) == 1;
        return state;
    }

    long stateHash() {
        DirectBuffer path = bytes(path());
        return Hashing.hash(path, 0, path.capacity(), crossed ? 1 : 0);
    }

    private static DirectBuffer bytes(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
