#include <curl/curl.h>

/* curl_easy_setopt and curl_easy_getinfo take any type: Swift does not see them. One function a type. */
static inline CURLcode essaim_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode essaim_curl_set_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode essaim_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode essaim_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode essaim_curl_set_reader(CURL *handle, curl_read_callback reader, void *context) {
    curl_easy_setopt(handle, CURLOPT_READDATA, context);
    return curl_easy_setopt(handle, CURLOPT_READFUNCTION, reader);
}
static inline CURLcode essaim_curl_set_listener(CURL *handle, curl_debug_callback listener, void *context) {
    curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(handle, CURLOPT_DEBUGDATA, context);
    return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, listener);
}
static inline CURLcode essaim_curl_set_watcher(CURL *handle, curl_xferinfo_callback watcher, void *context) {
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, context);
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, watcher);
}
static inline CURLcode essaim_curl_set_socket(CURL *handle, curl_sockopt_callback opened, void *context) {
    curl_easy_setopt(handle, CURLOPT_SOCKOPTDATA, context);
    return curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, opened);
}
static inline CURLcode essaim_curl_start(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }
