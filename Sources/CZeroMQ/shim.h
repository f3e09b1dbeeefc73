#pragma once
#include <errno.h>
#include <malloc.h>
#include <sys/eventfd.h>
#include <zmq.h>
