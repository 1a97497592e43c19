package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.view.DueView;
import java.io.IOException;
import java.util.List;

/** Writes the list of what is about to breach. Any thread. */
public final class DueJson {
    private DueJson() {}

    /** The clocks as an array, each with its ticket's fields beside its own. */
    public static void write(JsonGenerator json, List<DueView> clocks) throws IOException {
        json.writeStartArray();
        for (DueView due : clocks) {
            json.writeStartObject();
            json.writeStringField("ticket", due.ticket());
            json.writeStringField("status", due.status());
            json.writeStringField("policy", due.policy());
            Json.attributesField(json, "attributes", due.attributes());
            TicketJson.clockFields(json, due.clock());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
