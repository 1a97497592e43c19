package io.tocsin.app.journal;

import io.tocsin.app.Tocsin;
import io.tocsin.http.json.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin state-hash DIR}: a number for all that a data folder's records come to. Main thread. */
@Command(
        name = "state-hash",
        description = {
            "Brings a data folder's state back, from its newest snapshot, and prints the hash of what its records come to.",
            "Beside it stand the position behind the last record and the engine time. The same records have the same hash on"
                    + " any machine."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Tocsin.Version.class,
        footerHeading = "Examples:%n",
        footer = {
            "  tocsin state-hash data",
            "  tocsin state-hash data --replay",
            "  tocsin state-hash data --json | jq -r .state_hash"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the events are damaged, or the oldest are no longer there",
            "2:wrong usage, or DIR is not a data folder"
        })
public final class StateHashCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final FolderParameter folder = new FolderParameter();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--replay", description = "Replay every record from the first on, whatever snapshots there are.")
    private boolean replay;

    @Override
    public Integer call() throws InterruptedException {
        return folder.read(path -> {
            FolderState state = replay ? FolderState.ofAllRecords(path) : FolderState.of(path);
            PrintWriter out = spec.commandLine().getOut();
            out.print(json ? json(state) + "\n" : text(state));
            out.flush();
        });
    }

    private static String text(FolderState state) {
        String time = state.engineTimeNs() == FolderState.NO_TIME ? "-" : Json.instant(state.engineTimeNs());
        return "state hash " + hex(state.stateHash()) + ", position " + state.position() + ", engine time " + time
                + "\n";
    }

    private static String json(FolderState state) {
        byte[] bytes = Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("state_hash", hex(state.stateHash()));
            json.writeNumberField("position", state.position());
            json.writeFieldName("engine_time");
            if (state.engineTimeNs() == FolderState.NO_TIME) {
                json.writeNull();
            } else {
                json.writeString(Json.instant(state.engineTimeNs()));
            }
            json.writeEndObject();
        });
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String hex(long value) {
        return String.format(Locale.ROOT, "%016x", value);
    }
}
