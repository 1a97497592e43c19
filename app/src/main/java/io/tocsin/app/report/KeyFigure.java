package io.tocsin.app.report;

import io.tocsin.engine.policy.FigureSettings;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.ServiceFigures;
import io.tocsin.engine.view.StatsView;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The figures that a department is judged by, each as the fraction it is made of. Their standards, where there are usual
 * ones, are those of a standardised service process; a command line sets others.
 */
enum KeyFigure {
    ON_TIME_RESPONSE_RATE("on-time responses", "及时响应率", Unit.PERCENT, true, "95%"),
    FIRST_CONTACT_RESOLUTION("resolved at first contact", "首次解决率", Unit.PERCENT, true, "85%"),
    AVERAGE_WAITING("average wait for a response", "平均等待时间", Unit.MINUTES, false, "3m"),
    CSAT("customers satisfied", "客户满意度", Unit.PERCENT, true, "90%"),
    NPS("net promoter score", "净推荐值", Unit.POINTS, true, "50"),
    COMPLAINT_RATE("complaint rate", "投诉率", Unit.PERCENT, false, "1%"),
    RESPONSE_ATTAINMENT("response promises kept", "响应达标率", Unit.PERCENT, true, null),
    RESOLUTION_ATTAINMENT("resolution promises kept", "解决达标率", Unit.PERCENT, true, null),
    AVERAGE_RESOLUTION("average resolution", "平均解决时长", Unit.MINUTES, false, null),
    LONG_WAITS("waits over the threshold", "超阈值等待占比", Unit.PERCENT, false, null),
    REPEAT_CONTACT_RATE("second contacts", "二次联系率", Unit.PERCENT, false, null),
    HANDED_OVER("needed several departments", "需多部门协作占比", Unit.PERCENT, false, null),
    CONTACTS_PER_COMPLAINT("contacts per solved complaint", "每起已解决投诉的平均联系次数", Unit.CONTACTS, false, null),
    SERVICE_LEVEL("service level", "服务水平", Unit.PERCENT, true, null);

    static final String RESOLUTION = "resolution";

    private final String english;
    private final String chinese;
    private final Unit unit;
    private final boolean higherIsBetter;
    private final @Nullable Fraction usual;

    KeyFigure(String english, String chinese, Unit unit, boolean higherIsBetter, @Nullable String usual) {
        this.english = english;
        this.chinese = chinese;
        this.unit = unit;
        this.higherIsBetter = higherIsBetter;
        this.usual = usual == null ? null : unit.parse(usual);
    }

    /** What it is made of in a group of tickets. */
    Fraction of(StatsView.Group group, FigureSettings settings) {
        ServiceFigures service = group.service();
        ServiceFigures.Counts counts = service.counts();
        ClockFigures response = group.clocks().get(settings.response());
        ClockFigures resolution = group.clocks().get(RESOLUTION);
        return switch (this) {
            case ON_TIME_RESPONSE_RATE ->
                response == null
                        ? Fraction.NOTHING
                        : new Fraction(response.met(), response.met() + response.breached() + response.cancelled());
            case FIRST_CONTACT_RESOLUTION -> Fraction.ofShare(service.firstContactResolution(), counts.firstResolved());
            case AVERAGE_WAITING -> time(response);
            case CSAT -> Fraction.ofShare(service.csat(), service.csatRatings());
            case NPS ->
                Fraction.ofShare(service.nps() == null ? null : (Double) (service.nps() / 100), service.npsRatings());
            case COMPLAINT_RATE ->
                new Fraction(group.tickets().complained(), group.tickets().opened());
            case RESPONSE_ATTAINMENT -> kept(response);
            case RESOLUTION_ATTAINMENT -> kept(resolution);
            case AVERAGE_RESOLUTION -> time(resolution);
            case LONG_WAITS ->
                service.waitingByHour().stream()
                        .map(hour -> new Fraction(hour.longWaits(), hour.waits()))
                        .reduce(Fraction.NOTHING, Fraction::plus);
            case REPEAT_CONTACT_RATE -> Fraction.ofShare(service.repeatContactRate(), counts.firstResolved());
            case HANDED_OVER ->
                new Fraction(counts.handedOver(), group.tickets().opened());
            case CONTACTS_PER_COMPLAINT -> new Fraction(counts.complaintContacts(), counts.solvedComplaints());
            case SERVICE_LEVEL -> Fraction.ofShare(service.serviceLevel().value(), counts.levelBase());
        };
    }

    /** How many in a group do not do as they should, of those the figure counts one by one. */
    long missed(Fraction figure) {
        long good = figure.top().longValueExact();
        return higherIsBetter ? figure.bottom() - good : good;
    }

    /** Whether each ticket either does as it should or does not, so that {@link #missed} says something. */
    boolean countsTickets() {
        return unit == Unit.PERCENT;
    }

    boolean isInLine(Fraction figure, Fraction standard) {
        int compared = figure.compareValueTo(standard);
        return higherIsBetter ? compared >= 0 : compared <= 0;
    }

    /** By how much one of two figures is better than the other, for ranking. */
    double better(Fraction figure, Fraction than) {
        return higherIsBetter ? figure.rough() - than.rough() : than.rough() - figure.rough();
    }

    Optional<Fraction> usualStandard() {
        return Optional.ofNullable(usual);
    }

    Unit unit() {
        return unit;
    }

    String title(Language language) {
        return language.of(english, chinese);
    }

    /** {@code ≥} or {@code ≤}. */
    String sign() {
        return higherIsBetter ? "≥" : "≤";
    }

    /** Its name on the command line and for programs. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<KeyFigure> of(String key) {
        return Stream.of(values()).filter(each -> each.key().equals(key)).findFirst();
    }

    private static Fraction kept(@Nullable ClockFigures clock) {
        return clock == null ? Fraction.NOTHING : new Fraction(clock.met(), clock.met() + clock.breached());
    }

    private static Fraction time(@Nullable ClockFigures clock) {
        return clock == null || clock.stopped() == 0
                ? Fraction.NOTHING
                : new Fraction(
                        BigDecimal.valueOf(clock.averageNs()).multiply(BigDecimal.valueOf(clock.stopped())),
                        clock.stopped());
    }
}
