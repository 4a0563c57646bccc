package io.streamkeep.localcloud.template;

/** Thrown for an unsupported part of a template; the message has its file and line. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TemplateException(TemplateDocument.Place place, String problem) {
    super(place.file() + ":" + place.line() + ": " + problem);
  }
}
