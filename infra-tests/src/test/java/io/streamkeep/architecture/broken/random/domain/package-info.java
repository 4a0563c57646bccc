@NullMarked
package io.streamkeep.architecture.broken.random.domain;

import org.jspecify.annotations.NullMarked;
