package io.tocsin.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A desk that takes every text but those that begin with {@code bad}, or that stands before an engine that has stopped. */
final class TestPolicyDesk implements PolicyDesk {
    volatile boolean stopped;
    private volatile String text = "version: 1 # 政策\n";

    @Override
    public String text() {
        return text;
    }

    @Override
    public Map<String, String> labels(String policy) {
        return policy.equals("gold") ? Map.of("zh", "金牌") : Map.of();
    }

    @Override
    public Map<String, Double> goals() {
        return Map.of("resolution", 0.9);
    }

    @Override
    public boolean hasFigures() {
        return true;
    }

    @Override
    public List<Mistake> replace(byte[] utf8) {
        String newText = new String(utf8, StandardCharsets.UTF_8);
        if (newText.startsWith("bad")) {
            return List.of(new Mistake("$", 1, 1, "is bad"), new Mistake("policies[0]", 2, 3, "is worse"));
        }
        if (stopped) {
            throw new IllegalStateException("the engine has stopped");
        }
        text = newText;
        return List.of();
    }
}
