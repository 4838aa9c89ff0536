# Writes a text file into a C++ source as the function NAME in namespace gradus:
#   cmake -DINPUT=page.html -DOUTPUT=page.cpp -DHEADER=serve/page.h -DNAME=page_html -P embed_text.cmake
file(READ ${INPUT} text)
string(FIND "${text}" ")embedded_text\"" delimiter)
if(NOT delimiter EQUAL -1)
  message(FATAL_ERROR "${INPUT}: must not hold the end of a raw string, )embedded_text\"")
endif()
file(WRITE ${OUTPUT} "#include \"${HEADER}\"

namespace gradus {

std::string_view ${NAME}() { return R\"embedded_text(${text})embedded_text\"; }

}  // namespace gradus
")
