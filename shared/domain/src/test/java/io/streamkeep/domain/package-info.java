@NullMarked
package io.streamkeep.domain;

import org.jspecify.annotations.NullMarked;
