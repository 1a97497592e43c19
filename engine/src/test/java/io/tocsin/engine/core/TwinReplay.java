package io.tocsin.engine.core;

import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.core.NaiveSla.Event;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.RecordKind;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.policy.PolicyReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;

/** Holds the alerts of a journal's replay against what the engine's twin says to the same records. */
public final class TwinReplay {
    private TwinReplay() {}

    /**
     * Compares.
     *
     * @param records stamped, the first one a policy
     * @param untilNs where time ends
     * @param alerts what an engine said
     * @throws AssertionError naming the first difference
     */
    public static void compare(
            List<byte[]> records, PolicyReader policies, int rememberedIds, long untilNs, List<byte[]> alerts) {
        EventRecord first = record(records.get(0));
        NaiveSla twin = new NaiveSla(policies.read(first.policyText()), rememberedIds, ticket -> {}, first.arrivalNs());
        for (byte[] bytes : records.subList(1, records.size())) {
            EventRecord record = record(bytes);
            if (record.kind() == RecordKind.POLICY) {
                twin.use(policies.read(record.policyText()), record.arrivalNs());
            } else {
                twin.apply(event(record));
            }
        }
        twin.advance(untilNs);
        compare(twin.alerts, alerts);
    }

    private static void compare(List<NaiveAlert> expected, List<byte[]> alerts) {
        for (int i = 0; i < Math.max(expected.size(), alerts.size()); i++) {
            NaiveAlert twins = i < expected.size() ? expected.get(i) : null;
            NaiveAlert engines = i < alerts.size()
                    ? NaiveAlert.of(new AlertRecord().wrap(new UnsafeBuffer(alerts.get(i)), 0))
                    : null;
            if (!Objects.equals(twins, engines)) {
                throw new AssertionError(
                        "alert " + (i + 1) + "\n  of the twin   " + twins + "\n  of the engine " + engines);
            }
        }
    }

    private static Event event(EventRecord record) {
        Map<String, String> attributes = new LinkedHashMap<>();
        record.firstAttribute();
        while (record.nextAttribute()) {
            attributes.put(record.name(), record.valueKind() == ValueKind.REMOVED ? "" : record.value());
        }
        return new Event(record.arrivalNs(), record.atNs(), record.ticket(), record.type(), record.id(), attributes);
    }

    private static EventRecord record(byte[] bytes) {
        return new EventRecord().wrap(new UnsafeBuffer(bytes), 0);
    }
}
