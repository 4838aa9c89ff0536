# Writes the runbooks into a C++ source as the function runbook_texts() of serve/runbooks.h, in the order of the list:
#   cmake "-DINPUTS=docs/runbooks/A.md,docs/runbooks/B.md" -DOUTPUT=runbook_texts.cpp -P embed_runbooks.cmake
string(REPLACE "," ";" INPUTS "${INPUTS}")
set(rows "")
foreach(input IN LISTS INPUTS)
  get_filename_component(name ${input} NAME_WE)
  file(READ ${input} text)
  string(FIND "${text}" ")embedded_text\"" delimiter)
  if(NOT delimiter EQUAL -1)
    message(FATAL_ERROR "${input}: must not hold the end of a raw string, )embedded_text\"")
  endif()
  string(APPEND rows "    {\"${name}\", R\"embedded_text(${text})embedded_text\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"serve/runbooks.h\"

namespace gradus {

std::span<const RunbookText> runbook_texts() {
  static constexpr RunbookText kTexts[] = {
${rows}  };
  return kTexts;
}

}  // namespace gradus
")
