package io.tocsin.http.wallboard;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.view.TrendView;
import io.tocsin.http.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/** One view: its newest frames, its newest alerts, and the boards that show it. The wallboard's thread. */
final class BoardFeed {
    /** Breaches, escalations and what takes them back; more than any screen shows. */
    private static final int MOST_ALERTS = 48;

    private final BoardView view;
    private final BoardPolicy policy;
    private final List<BoardClient> clients = new ArrayList<>();
    private final Map<Frame.Kind, Frame> newest = new EnumMap<>(Frame.Kind.class);
    private final AlertRecord alert = new AlertRecord();
    private final Deque<String> alerts = new ArrayDeque<>();
    private long lastAlert;
    private boolean alertsChanged = true;

    BoardFeed(BoardView view, BoardPolicy policy) {
        this.view = view;
        this.policy = policy;
    }

    BoardView view() {
        return view;
    }

    /** Gives a board everything there is, and from now on everything new. */
    void add(BoardClient client) {
        clients.add(client);
        newest.values().forEach(client::send);
    }

    /** Forgets the boards that have gone; how many did. */
    int removeGone() {
        int before = clients.size();
        for (Iterator<BoardClient> each = clients.iterator(); each.hasNext(); ) {
            if (each.next().isGone()) {
                each.remove();
            }
        }
        return before - clients.size();
    }

    boolean isEmpty() {
        return clients.isEmpty();
    }

    /** Keeps an alert if this view shows it. */
    void look(DirectBuffer buffer, int offset) {
        if (alert.wrap(buffer, offset).kind() == AlertKind.WARNING || !isOfView()) {
            return;
        }
        alert.wrap(buffer, offset);
        if (alerts.size() == MOST_ALERTS) {
            alerts.removeLast();
        }
        alerts.addFirst(new String(Json.bytes(json -> BoardJson.alert(json, alert, policy)), StandardCharsets.UTF_8));
        lastAlert = alert.seq();
        alertsChanged = true;
    }

    /** Sends the newest alerts, if there are others than before. */
    void sendAlerts() {
        if (!alertsChanged) {
            return;
        }
        alertsChanged = false;
        send(Frame.of(Frame.Kind.ALERTS, lastAlert, json -> {
            json.writeStartArray();
            for (String written : alerts) {
                json.writeRawValue(written);
            }
            json.writeEndArray();
        }));
    }

    /** Sends how things stand. */
    void sendBoard(Round round, long nowNs) {
        send(Frame.of(Frame.Kind.BOARD, json -> BoardJson.board(json, view, round, nowNs, policy)));
    }

    /** Sends how it was. */
    void sendTrend(TrendView trend) {
        send(Frame.of(Frame.Kind.TREND, json -> BoardJson.trend(json, view, trend)));
    }

    /** Sends how many clocks come due, by clock. */
    void sendForecast(Map<String, List<Long>> clocks) {
        send(Frame.of(Frame.Kind.FORECAST, json -> BoardJson.forecast(json, clocks)));
    }

    /** Shows that the server is there, though it has nothing new. */
    void sendComment() {
        clients.forEach(client -> client.send(Frame.COMMENT));
    }

    /** Ends all streams. */
    void end() {
        clients.forEach(BoardClient::end);
    }

    private void send(Frame frame) {
        newest.put(frame.kind(), frame);
        clients.forEach(client -> client.send(frame));
    }

    /** Uses up the alert's attributes. */
    private boolean isOfView() {
        if (view.where().isEmpty()) {
            return true;
        }
        Map<String, String> attributes = new HashMap<>();
        while (alert.nextAttribute()) {
            attributes.put(alert.name(), alert.value());
        }
        return attributes.entrySet().containsAll(view.where().entrySet());
    }
}
