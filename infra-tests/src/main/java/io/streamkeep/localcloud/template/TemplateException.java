package io.streamkeep.localcloud.template;

import java.nio.file.Path;

/** Says where in the template, as file and line, something is that the local cloud can't do. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TemplateException(Path file, int line, String what) {
    super(file + ":" + line + ": " + what);
  }
}
