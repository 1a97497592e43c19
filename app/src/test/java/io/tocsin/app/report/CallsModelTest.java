package io.tocsin.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.app.CommandRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares reports of a month of real calls with a model of its own, written from the contract: thirty seconds for an answer,
 * five minutes for the whole call, around the clock.
 */
class CallsModelTest {
    /** Maven runs the tests in the module's folder. */
    private static final Path CALLS = Path.of("..", "..", "shared", "data", "bank-calls-1999-02.ndjson.gz");

    private static final ZoneId ZONE = ZoneId.of("Asia/Jerusalem");
    private static final long RESPONSE_S = 30;
    private static final long RESOLUTION_S = 300;
    private static final String POLICY = """
            version: 1
            timezone: Asia/Jerusalem
            forget_after: 1h
            policies:
            - name: all
              targets: {first_response: 30s, resolution: 5m}
            """;

    @TempDir
    Path folder;

    private final Map<String, Call> calls = new HashMap<>();
    private final TreeMap<String, Row> rows = new TreeMap<>();

    @BeforeEach
    void readTheCalls() throws IOException {
        assumeTrue(Files.exists(CALLS), () -> CALLS + " is not there, so no real calls are reported");
        ObjectMapper mapper = new ObjectMapper();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(CALLS)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode event = mapper.readTree(line);
                calls.computeIfAbsent(event.path("ticket").asText(), id -> new Call())
                        .add(event);
            }
        }
    }

    @Test
    void shouldGiveTheSameResponseTimesForEachDayAndAgent() throws IOException {
        calls.values().forEach(call -> call.count(call.agent));

        assertThat(report("--month", "1999-02")).containsExactlyElementsOf(expected());
    }

    @Test
    void shouldGiveTheSameResponseTimesOfCallersOfOneTier() throws IOException {
        calls.values().stream().filter(call -> "priority".equals(call.tier)).forEach(call -> call.count(call.category));

        assertThat(report("--month", "1999-02", "--where", "tier=priority", "--by", "category"))
                .containsExactlyElementsOf(expected());
    }

    private List<String> expected() {
        List<String> lines = new ArrayList<>();
        rows.forEach((key, row) -> {
            String date = key.substring(0, 10);
            if (LocalDate.parse(date).getMonthValue() == 2) {
                lines.add(String.join(
                        ",",
                        date,
                        key.substring(11),
                        Long.toString(row.opened),
                        ratio(row.responseS, 60, row.responses, 1),
                        ratio(row.resolutionS, 3_600, row.resolutions, 1),
                        ratio(100 * row.responsesKept, 1, row.responsesKept + row.responsesMissed, 0),
                        ratio(100 * row.resolutionsKept, 1, row.resolutionsKept + row.resolutionsMissed, 0)));
            }
        });
        assertThat(lines).hasSizeGreaterThan(100);
        return lines;
    }

    private List<String> report(Object... options) throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        List<Object> arguments =
                new ArrayList<>(List.of("report", "--data", CALLS, "--policy", policy, "--format", "csv"));
        arguments.addAll(List.of(options));
        CommandRun run = CommandRun.of(arguments.toArray());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out().lines().skip(1).toList();
    }

    private static String ratio(long sum, long unit, long count, int decimals) {
        return count == 0
                ? ""
                : BigDecimal.valueOf(sum)
                        .divide(BigDecimal.valueOf(unit * count), decimals, RoundingMode.HALF_UP)
                        .toPlainString();
    }

    private static final class Row {
        private long opened;
        private long responses;
        private long responseS;
        private long responsesKept;
        private long responsesMissed;
        private long resolutions;
        private long resolutionS;
        private long resolutionsKept;
        private long resolutionsMissed;
    }

    /** One call, in seconds since the epoch; {@code null} for what did not happen. */
    private final class Call {
        private long opened;
        private Long responded;
        private Long resolved;
        private Long abandoned;
        private String agent = "";
        private String tier = "";
        private String category = "";

        private void add(JsonNode event) {
            long at = OffsetDateTime.parse(event.path("at").asText()).toEpochSecond();
            switch (event.path("type").asText()) {
                case "opened" -> opened = at;
                case "responded" -> responded = responded == null ? (Long) at : responded;
                case "resolved" -> resolved = resolved == null ? (Long) at : resolved;
                case "abandoned" -> abandoned = at;
                default -> {}
            }
            JsonNode attributes = event.path("attributes");
            agent = attributes.path("agent").asText(agent);
            tier = attributes.path("tier").asText(tier);
            category = attributes.path("category").asText(category);
        }

        private void count(String group) {
            row(opened, group).opened++;
            Long answered = responded == null ? resolved : responded;
            if (answered != null) {
                Row row = row(answered, group);
                row.responses++;
                row.responseS += answered - opened;
            }
            if (answered != null && answered - opened <= RESPONSE_S) {
                row(answered, group).responsesKept++;
            } else if (answered != null || isLateToGiveUp(RESPONSE_S)) {
                row(opened + RESPONSE_S, group).responsesMissed++;
            }
            if (resolved != null) {
                Row row = row(resolved, group);
                row.resolutions++;
                row.resolutionS += resolved - opened;
            }
            if (resolved != null && resolved - opened <= RESOLUTION_S) {
                row(resolved, group).resolutionsKept++;
            } else if (resolved != null || isLateToGiveUp(RESOLUTION_S)) {
                row(opened + RESOLUTION_S, group).resolutionsMissed++;
            }
        }

        /** Who gives up in time has neither been answered nor kept waiting too long; who never does waits for ever. */
        private boolean isLateToGiveUp(long limitS) {
            return abandoned == null || abandoned - opened > limitS;
        }

        private Row row(long at, String group) {
            LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond(at), ZONE);
            return rows.computeIfAbsent(day + " " + group, key -> new Row());
        }
    }
}
