package io.tocsin.engine.core;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.core.NaiveSla.Event;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.policy.PolicyReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;

/** Holds the alerts of a journal's replay against what the engine's twin says to the same records; it knows no figures. */
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
            switch (record.kind()) {
                case POLICY -> twin.use(policies.read(record.policyText()), record.arrivalNs());
                case SLICE -> twin.advance(record.arrivalNs(), record.firedCount());
                case EVENT -> {
                    if (record.isBehind()) {
                        twin.overtake(event(record));
                    } else {
                        twin.apply(event(record));
                    }
                }
            }
        }
        twin.advance(untilNs);
        compare(
                twin.alerts,
                alerts.stream()
                        .map(bytes -> NaiveAlert.of(new AlertRecord().wrap(new UnsafeBuffer(bytes), 0)))
                        .filter(alert -> alert.kind() != AlertKind.OBJECTIVE)
                        .toList());
    }

    private static void compare(List<NaiveAlert> expected, List<NaiveAlert> alerts) {
        for (int i = 0; i < Math.max(expected.size(), alerts.size()); i++) {
            NaiveAlert twins = i < expected.size() ? expected.get(i) : null;
            NaiveAlert engines = i < alerts.size() ? alerts.get(i) : null;
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
