package io.tocsin.app.policyfile;

import io.tocsin.engine.calendar.CalendarSpec;

/**
 * A calendar of a file and how much of it lies ahead.
 *
 * @param spec the calendar for the engine
 * @param ahead counted from today, or from 1970 where there is no today
 */
record FileCalendar(CalendarSpec spec, OpeningsAhead ahead) {}
