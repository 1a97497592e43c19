package io.tocsin.app.report;

import io.tocsin.app.document.Document;
import io.tocsin.app.document.Table;
import io.tocsin.app.report.Period.Kind;
import io.tocsin.http.json.Json;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which tables a report has, and what stands above them. */
final class Report {
    private static final Set<Kind> EVERY = EnumSet.allOf(Kind.class);
    private static final Set<Kind> SEVERAL = EnumSet.complementOf(EnumSet.of(Kind.DAY));
    private static final Set<Kind> MONTHLY = EnumSet.of(Kind.MONTH);

    /** The tables, in the order in which they stand. */
    enum Part {
        KEY_FIGURES(EVERY, KeyFigures::of),
        OUT_OF_LINE(EVERY, Causes::of),
        TREND(SEVERAL, Trend::of),
        LATE_BY_CATEGORY(SEVERAL, MonthlyReview::lateByCategory),
        BELOW_STANDARD(MONTHLY, MonthlyReview::belowStandard),
        BEST(MONTHLY, MonthlyReview::best),
        RESPONSE_TIMES(EVERY, ResponseTimes::of),
        BY_CATEGORY(EVERY, Shape::byCategory),
        BY_HOUR(EVERY, Shape::byHour),
        REVIEWS(EVERY, Reviews::of);

        private final Set<Kind> kinds;
        private final Function<Request, Table> table;

        Part(Set<Kind> kinds, Function<Request, Table> table) {
            this.kinds = kinds;
            this.table = table;
        }

        /** Its name on the command line and for programs. */
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isOf(Kind kind) {
            return kinds.contains(kind);
        }

        static Optional<Part> of(String key) {
            return Arrays.stream(values())
                    .filter(part -> part.key().equals(key))
                    .findFirst();
        }

        static List<String> keys() {
            return Arrays.stream(values()).map(Part::key).toList();
        }
    }

    private Report() {}

    /** The parts of a report of a kind, if nobody asks for others. */
    static List<Part> partsOf(Kind kind) {
        return Arrays.stream(Part.values()).filter(part -> part.isOf(kind)).toList();
    }

    static Document of(Request request, List<Part> parts, String source, Where where) {
        Period period = request.period();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("period", period.name());
        facts.put("timezone", period.zone().getId());
        facts.put("source", source);
        if (!where.values().isEmpty()) {
            facts.put("where", where.text());
        }
        facts.put("as_of", Json.instant(request.run().nowNs()));
        return new Document(
                request.language().tag(),
                title(request),
                facts,
                parts.stream().map(part -> part.table.apply(request)).toList());
    }

    private static String title(Request request) {
        String name = request.period().name();
        return switch (request.period().kind()) {
            case DAY -> request.say("Daily report " + name, "日报 " + name);
            case MONTH -> request.say("Monthly report " + name, "月报 " + name);
            case QUARTER -> request.say("Quarterly report " + name, "季报 " + name);
            case SPAN -> request.say("Report " + name, "服务报告 " + name);
        };
    }
}
