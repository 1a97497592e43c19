/**
 * A report on its way out: tables with their numbers, and the formats they are written in.
 *
 * <p>A {@link io.tocsin.app.document.Document} is a title and some {@link io.tocsin.app.document.Table}s. Numbers are
 * rounded when they are put into a table, so that text, CSV, JSON and HTML show the same ones. What a number has no value
 * for is null: empty in CSV, {@code null} in JSON, a dash for people.
 */
package io.tocsin.app.document;
