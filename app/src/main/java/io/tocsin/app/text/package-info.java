/** How the command line lays out what it says to people. */
package io.tocsin.app.text;
