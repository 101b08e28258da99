# SPDX-License-Identifier: GPL-2.0-only
# Programs written for <winsock2.h>, linked with libwinsock, in the order in
# which they run.  All but process.c would build on Windows too.
WINSOCK_API_PROGS = api_text api_socket api_accept process
# Compiles the public headers in every way that they promise; wants compilers and
# no device, so it belongs to the build machine and "make check".
WINSOCK_HOST_TESTS = headers.sh
