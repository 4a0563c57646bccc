/** The operations function: shows lag and parked positions, and redrives them. */
@NullMarked
package io.streamkeep.functions.operations;

import org.jspecify.annotations.NullMarked;
