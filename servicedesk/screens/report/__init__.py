"""The fault form in three steps and its confirmation. Works without script; nothing typed is lost between the steps."""
