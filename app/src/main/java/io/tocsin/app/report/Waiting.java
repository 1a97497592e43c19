package io.tocsin.app.report;

import io.tocsin.engine.view.StatsView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The waiting time of departments that serve by phone and online: the average wait by phone and the average wait online, added
 * and halved, so that the busier way does not hide the other.
 *
 * @param now of the period
 * @param before of the one before it
 */
record Waiting(Fraction now, Fraction before) {
    private static final String CHANNEL = "channel";
    private static final Set<String> PHONE = Set.of("phone");
    private static final Set<String> ONLINE = Set.of("online", "web", "app", "mini_program", "chat");
    private static final int DIGITS = 3;

    /** Empty where the period has no wait on either of the two. */
    static Optional<Waiting> of(Request request) {
        Fraction now = halved(request, request.period());
        return now.exists()
                ? Optional.of(new Waiting(now, halved(request, request.period().previous())))
                : Optional.empty();
    }

    private static Fraction halved(Request request, Period period) {
        List<StatsView.Group> channels = request.run().groups(List.of(CHANNEL), period);
        Fraction phone = sum(request, channels, PHONE);
        Fraction online = sum(request, channels, ONLINE);
        return phone.exists() && online.exists()
                ? new Fraction(average(phone).add(average(online)), 2)
                : Fraction.NOTHING;
    }

    private static BigDecimal average(Fraction sum) {
        return sum.top().divide(BigDecimal.valueOf(sum.bottom()), DIGITS, RoundingMode.HALF_UP);
    }

    private static Fraction sum(Request request, List<StatsView.Group> channels, Set<String> names) {
        return channels.stream()
                .filter(group -> group.key().get(CHANNEL) instanceof String name && names.contains(name))
                .map(group -> request.run().fraction(KeyFigure.AVERAGE_WAITING, group))
                .reduce(Fraction.NOTHING, Fraction::plus);
    }
}
