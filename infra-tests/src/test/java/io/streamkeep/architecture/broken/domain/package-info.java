@NullMarked
package io.streamkeep.architecture.broken.domain;

import org.jspecify.annotations.NullMarked;
