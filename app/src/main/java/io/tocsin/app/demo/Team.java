package io.tocsin.app.demo;

import java.util.List;

/** The teams and who works in them. */
enum Team {
    BILLING("billing", 11, "Mei Lin", "Jonas Weber", "Aisha Khan", "Tom Becker", "Wang Fang"),
    TECH("tech", 21, "Li Wei", "Sara Novak", "Diego Ramos", "Chen Jie", "Emma Clark", "Ravi Patel"),
    ORDERS("orders", 31, "Zhang Min", "Lucia Romero", "Noah Schmidt", "Yuki Tanaka"),
    RETURNS("returns", 41, "Liu Yang", "Olivia Brown", "Karim Haddad");

    private final String text;
    private final int firstAgentNumber;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; the checker sees an interface.
    private final List<String> names;

    Team(String text, int firstAgentNumber, String... names) {
        this.text = text;
        this.firstAgentNumber = firstAgentNumber;
        this.names = List.of(names);
    }

    /** The name on the wire. */
    String text() {
        return text;
    }

    Agent agent(Dice dice) {
        int index = (int) (dice.unit() * names.size());
        return new Agent("a-" + (firstAgentNumber + index), names.get(index));
    }

    /** Another team than this one. */
    Team other(Dice dice) {
        int steps = 1 + (int) (dice.unit() * (values().length - 1));
        return values()[(ordinal() + steps) % values().length];
    }

    /** Someone who takes tickets. */
    record Agent(String id, String name) {}
}
