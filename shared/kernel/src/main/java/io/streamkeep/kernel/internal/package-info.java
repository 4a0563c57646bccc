/** Shared by the packages of the kernel; nothing outside may use it. */
@NullMarked
package io.streamkeep.kernel.internal;

import org.jspecify.annotations.NullMarked;
