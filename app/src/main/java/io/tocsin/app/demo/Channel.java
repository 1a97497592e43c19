package io.tocsin.app.demo;

/** How people reach the call centre, and how fast things usually go there, in seconds of a normal moment. */
enum Channel {
    PHONE("phone", "C-", 8.5, 85),
    CHAT("chat", "M-", 11, 110),
    EMAIL("email", "E-", 58, 190);

    private final String text;
    private final String prefix;
    private final double answerSeconds;
    private final double workSeconds;

    Channel(String text, String prefix, double answerSeconds, double workSeconds) {
        this.text = text;
        this.prefix = prefix;
        this.answerSeconds = answerSeconds;
        this.workSeconds = workSeconds;
    }

    /** The name on the wire. */
    String text() {
        return text;
    }

    String ticket(long number) {
        return prefix + number;
    }

    /** Median time to an answer. */
    double answerSeconds() {
        return answerSeconds;
    }

    /** Median time of work on a ticket once it is answered. */
    double workSeconds() {
        return workSeconds;
    }
}
