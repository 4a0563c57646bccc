/** What is stored, and what it has to be by the event table. */
@NullMarked
package io.streamkeep.inspection;

import org.jspecify.annotations.NullMarked;
