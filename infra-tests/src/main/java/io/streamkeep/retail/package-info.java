/**
 * Importing a day of retail invoices: file → {@link io.streamkeep.retail.Plan} → API →
 * reconciliation.
 */
@NullMarked
package io.streamkeep.retail;

import org.jspecify.annotations.NullMarked;
