package io.tocsin.app.demo;

import static io.tocsin.app.demo.Step.Attribute.text;

import io.tocsin.app.demo.Step.Attribute;
import java.util.ArrayList;
import java.util.List;

/**
 * One ticket's whole life, written when it arrives and then read step by step. Its draws are its own: what happens to
 * one ticket never changes another. One thread.
 */
final class TicketScript {
    private static final String[] LANGUAGES = {"en", "zh", "de", "es"};
    private static final String[] COMPLAINTS = {"waited too long", "not solved", "unfriendly", "passed around"};
    private static final String[] TIERS = {"gold", "silver", "standard"};
    private static final String[] PRIORITIES = {"urgent", "normal", "low"};
    private static final double[] PRIORITY_PACE = {0.7, 1, 1.25};
    private static final int URGENT = 0;

    private static final double ANSWER_SPREAD = 0.5;
    private static final double WORK_SPREAD = 0.55;
    private static final double PATIENCE_SECONDS = 45;
    private static final double PATIENCE_SPREAD = 0.7;
    /** An answer that takes so many times the usual is escalated, and somebody takes the escalation on. */
    private static final double NOTICEABLY_LATE = 2.5;

    private final long number;
    private final Load load;
    private final Dice dice;
    private final Channel channel;
    private final List<Step> steps = new ArrayList<>();

    private long atNs;
    private Team team;
    private int priority;
    private int page;

    private TicketScript(long number, long openedNs, Load load, Dice dice) {
        this.number = number;
        this.load = load;
        this.dice = dice;
        atNs = openedNs;
        channel = Channel.values()[dice.weighted(0.5, 0.3, 0.2)];
        team = Team.values()[dice.weighted(0.28, 0.34, 0.24, 0.14)];
        priority = dice.weighted(0.12, 0.68, 0.2);
    }

    /** Draws the life of a ticket that is opened at {@code openedNs}. */
    static TicketScript draw(long number, long openedNs, Load load, Dice dice) {
        TicketScript script = new TicketScript(number, openedNs, load, dice);
        script.write();
        return script;
    }

    long number() {
        return number;
    }

    String ticket() {
        return channel.ticket(number);
    }

    /** The step to be played. */
    Step next() {
        return steps.get(page);
    }

    long nextAtNs() {
        return next().atNs();
    }

    /** Goes on to the step after {@link #next()}; false at the end of the life. */
    boolean turnPage() {
        page++;
        return page < steps.size();
    }

    private void write() {
        opened();
        switch (channel) {
            case PHONE -> call();
            case CHAT -> chat();
            case EMAIL -> mail();
        }
    }

    private void opened() {
        add(
                "opened",
                text("channel", channel.text()),
                text("priority", PRIORITIES[priority]),
                text("tier", TIERS[dice.weighted(0.1, 0.3, 0.6)]),
                text("team", team.text()),
                text("language", LANGUAGES[dice.weighted(0.5, 0.25, 0.15, 0.1)]));
    }

    private void call() {
        double waitSeconds = slowed(channel.answerSeconds(), ANSWER_SPREAD);
        double patienceSeconds = dice.around(PATIENCE_SECONDS, PATIENCE_SPREAD);
        if (patienceSeconds < waitSeconds) {
            hangUp(patienceSeconds);
            return;
        }
        after(waitSeconds).add("responded", agent());
        work();
        if (dice.chance(0.1)) {
            waitForCustomer();
        }
        solve();
    }

    private void hangUp(double patienceSeconds) {
        after(patienceSeconds).add("abandoned");
        if (dice.chance(0.6)) {
            after(dice.around(8, ANSWER_SPREAD)).add("recorded");
        }
    }

    private void chat() {
        after(dice.around(4, ANSWER_SPREAD)).add("assigned", agent());
        answer(channel.answerSeconds());
        int rounds = 1 + dice.weighted(0.4, 0.35, 0.25);
        for (int i = 0; i < rounds; i++) {
            after(dice.around(20, WORK_SPREAD)).add("customer_replied");
            answer(channel.answerSeconds());
        }
        work();
        solve();
    }

    private void mail() {
        if (dice.chance(0.03)) {
            after(dice.between(5, 40)).add("cancelled", text("reason", "spam"));
            return;
        }
        after(dice.around(14, ANSWER_SPREAD)).add("assigned", agent());
        answer(channel.answerSeconds());
        if (dice.chance(0.4)) {
            waitForCustomer();
        }
        work();
        solve();
    }

    private void waitForCustomer() {
        after(dice.between(2, 10)).add("pending");
        if (dice.chance(0.25)) {
            after(dice.around(40, WORK_SPREAD)).add("resumed");
            return;
        }
        after(dice.around(60, WORK_SPREAD)).add("customer_replied");
        answer(channel.answerSeconds());
    }

    /** The time somebody needs for the ticket, perhaps with a surprise in the middle of it. */
    private void work() {
        double workSeconds = slowed(channel.workSeconds(), WORK_SPREAD);
        switch (dice.weighted(0.09, 0.06, 0.85)) {
            case 0 -> {
                after(workSeconds * 0.4);
                handOver();
                after(workSeconds * 0.6);
            }
            case 1 -> {
                after(workSeconds * 0.5);
                raisePriority();
                after(workSeconds * 0.5);
            }
            default -> after(workSeconds);
        }
    }

    private void handOver() {
        team = team.other(dice);
        add("transferred", text("team", team.text()));
        after(slowed(12, ANSWER_SPREAD)).add(dice.chance(0.7) ? "accepted" : "assigned", agent());
    }

    private void raisePriority() {
        if (priority > URGENT) {
            priority--;
            add("updated", text("priority", PRIORITIES[priority]));
        }
    }

    private void solve() {
        add("resolved");
        if (dice.chance(0.8)) {
            after(slowed(12, ANSWER_SPREAD)).add("recorded");
        }
        if (dice.chance(0.05)) {
            after(dice.around(30, WORK_SPREAD)).add("reopened");
            answer(channel.answerSeconds());
            work();
            add("resolved");
        }
        aftermath();
    }

    private void aftermath() {
        boolean unhappy = dice.chance(0.012);
        if (unhappy) {
            after(dice.around(25, WORK_SPREAD)).add("complained", text("reason", dice.oneOf(COMPLAINTS)));
        }
        if (unhappy || dice.chance(0.15)) {
            after(dice.around(60, WORK_SPREAD)).add("followed_up", agent());
        }
        if (dice.chance(0.35)) {
            after(dice.around(30, WORK_SPREAD)).add("rated", rating(unhappy));
        }
        after(dice.around(90, WORK_SPREAD)).add("closed");
    }

    private Attribute[] rating(boolean unhappy) {
        int csat = unhappy ? 1 + dice.weighted(0.7, 0.3) : 5 - dice.weighted(0.55, 0.27, 0.1, 0.05, 0.03);
        int nps = Math.min(10, csat * 2 + dice.weighted(0.5, 0.5));
        return new Attribute[] {Attribute.number("csat", csat), Attribute.number("nps", nps)};
    }

    private void answer(double usualSeconds) {
        double seconds = slowed(usualSeconds, ANSWER_SPREAD);
        boolean late = seconds > NOTICEABLY_LATE * usualSeconds;
        if (late) {
            after(seconds * 0.9).add("acknowledged", text("acknowledged_by", "lead-" + team.text()));
        }
        after(late ? seconds * 0.1 : seconds).add("responded");
    }

    /** A delay of the team as it is now: shorter for what is urgent, longer under load. */
    private double slowed(double usualSeconds, double spread) {
        return dice.around(usualSeconds, spread) * PRIORITY_PACE[priority] * load.at(team, atNs);
    }

    private Attribute[] agent() {
        Team.Agent agent = team.agent(dice);
        return new Attribute[] {text("agent", agent.id()), text("agent_name", agent.name())};
    }

    private TicketScript after(double seconds) {
        atNs += Dice.toNs(seconds);
        return this;
    }

    private void add(String type, Attribute... attributes) {
        steps.add(new Step(atNs, type, List.of(attributes)));
    }
}
