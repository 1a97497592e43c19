package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.view.ServiceFigures;
import io.tocsin.engine.view.ServiceFigures.HourShare;
import io.tocsin.engine.view.ServiceFigures.ServiceLevel;
import java.io.IOException;

/** Writes the figures that service departments judge themselves by, as the field {@code service}. Any thread. */
final class ServiceJson {
    private ServiceJson() {}

    static void write(JsonGenerator json, ServiceFigures service) throws IOException {
        json.writeObjectFieldStart("service");
        Json.numberField(json, "on_time_response_rate", service.onTimeResponseRate());
        Json.numberField(json, "first_contact_resolution", service.firstContactResolution());
        Json.numberField(json, "repeat_contact_rate", service.repeatContactRate());
        Json.numberField(json, "complaint_rate", service.complaintRate());
        Json.numberField(json, "csat", service.csat());
        Json.numberField(json, "csat_average", service.csatAverage());
        json.writeNumberField("csat_ratings", service.csatRatings());
        Json.numberField(json, "nps", service.nps());
        json.writeNumberField("nps_ratings", service.npsRatings());
        Json.secondsField(json, "average_waiting", service.averageWaitingNs());
        Json.numberField(json, "contacts_per_resolved", service.contactsPerResolved());
        level(json, service.serviceLevel());
        json.writeArrayFieldStart("waiting_by_hour");
        for (HourShare hour : service.waitingByHour()) {
            json.writeStartObject();
            json.writeNumberField("hour", hour.hour());
            json.writeNumberField("waits", hour.waits());
            json.writeNumberField("long_waits", hour.longWaits());
            json.writeNumberField("share", hour.share());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void level(JsonGenerator json, ServiceLevel level) throws IOException {
        json.writeObjectFieldStart("service_level");
        json.writeStringField("formula", level.formula());
        json.writeStringField("clock", level.clock());
        Json.secondsField(json, "within", level.withinNs());
        Json.numberField(json, "value", level.value());
        json.writeNumberField("offered", level.offered());
        json.writeNumberField("answered", level.answered());
        json.writeNumberField("answered_in_time", level.answeredInTime());
        json.writeNumberField("abandoned", level.abandoned());
        json.writeEndObject();
    }
}
