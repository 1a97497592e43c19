/**
 * The HTTP interface beside a server that does next to nothing: {@link io.tocsin.benchmarks.HttpRun}. Clients and
 * servers are processes of their own on one machine, and what is compared is measured by turns.
 */
package io.tocsin.benchmarks.http;
