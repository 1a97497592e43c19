package io.tocsin.app.replay;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.app.Failure;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.core.EngineViews;
import io.tocsin.engine.view.TicketView;
import io.tocsin.http.json.AlertJson;
import io.tocsin.http.json.Json;
import io.tocsin.http.json.StatsJson;
import io.tocsin.http.json.TicketJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The files a replay writes: alerts as they come, tickets in first-seen order and figures at the end. A file that was not
 * asked for is not written. One thread.
 */
final class Outputs implements AutoCloseable {
    @Nullable
    private final Path alertsFile;

    @Nullable
    private final JsonGenerator alerts;

    @Nullable
    private final Path ticketsFile;

    @Nullable
    private final Path statsFile;

    private final AlertRecord alert = new AlertRecord();
    /** Tickets that left memory, as lines by number: the file's order is known at the end only. */
    private final TreeMap<Long, byte[]> forgotten = new TreeMap<>();

    Outputs(@Nullable Path alertsFile, @Nullable Path ticketsFile, @Nullable Path statsFile) {
        this.alertsFile = alertsFile;
        this.alerts = alertsFile == null ? null : lines(alertsFile);
        this.ticketsFile = ticketsFile;
        this.statsFile = statsFile;
    }

    void onAlert(DirectBuffer buffer, int offset, int length) {
        if (alerts == null || alertsFile == null) {
            return;
        }
        try {
            AlertJson.write(alerts, alert.wrap(buffer, offset));
            Json.endLine(alerts);
        } catch (IOException e) {
            throw cannotWrite(alertsFile, e);
        }
    }

    void onForget(TicketView ticket) {
        if (ticketsFile != null) {
            forgotten.put(ticket.number(), Json.bytes(json -> TicketJson.write(json, ticket)));
        }
    }

    boolean wantsTickets() {
        return ticketsFile != null;
    }

    /** Writes what is known at the end only. */
    void finish(EngineViews views, List<String> by) {
        if (ticketsFile != null) {
            writeTickets(ticketsFile, views);
        }
        if (statsFile != null) {
            byte[] stats = Json.bytes(json -> StatsJson.write(json, views.stats(by)));
            try (OutputStream out = open(statsFile)) {
                out.write(stats);
                out.write('\n');
            } catch (IOException e) {
                throw cannotWrite(statsFile, e);
            }
        }
    }

    @Override
    public void close() {
        if (alerts != null && alertsFile != null) {
            try {
                alerts.close();
            } catch (IOException e) {
                throw cannotWrite(alertsFile, e);
            }
        }
    }

    private void writeTickets(Path file, EngineViews views) {
        for (TicketView ticket : views.tickets()) {
            forgotten.put(ticket.number(), Json.bytes(json -> TicketJson.write(json, ticket)));
        }
        try (OutputStream out = open(file)) {
            for (byte[] line : forgotten.values()) {
                out.write(line);
                out.write('\n');
            }
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static JsonGenerator lines(Path file) {
        try {
            return Json.lines(open(file));
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static OutputStream open(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file));
    }

    private static Failure cannotWrite(Path file, IOException e) {
        return Failure.ofRun(file + ": cannot be written (" + e + "); check that its folder exists and has room", e);
    }
}
