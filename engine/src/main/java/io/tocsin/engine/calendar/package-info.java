/**
 * Business hours: how much of a calendar's time lies between two instants, and which instant lies so much of it ahead.
 *
 * <p>A {@link io.tocsin.engine.calendar.CalendarSpec} says what a policy file says; a
 * {@link io.tocsin.engine.calendar.BusinessCalendar} answers questions about it on the instant line, in nanoseconds
 * since the epoch. Hours are half-open, {@code [open, close)}; a shift belongs to the day on which it opens. Made for the
 * core's thread, safe on any; what has been compiled is looked up without allocation.
 *
 * <pre>
 *   CalendarSpec ─▶ DateRules ──(dates of some years)─▶ ShiftTable ─┬▶ OpenTimes     elapsed, plus, open?
 *   ZoneId ───────▶ ZoneTable (clock changes as arrays)             └▶ BusinessDays  n-th day, its close
 * </pre>
 */
package io.tocsin.engine.calendar;
