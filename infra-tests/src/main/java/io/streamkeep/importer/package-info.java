/**
 * Imports retail invoices through the HTTP API: a file becomes an {@link
 * io.streamkeep.importer.ImportPlan}, its requests are sent, and the result is reconciled with the
 * event store and the views.
 */
@NullMarked
package io.streamkeep.importer;

import org.jspecify.annotations.NullMarked;
