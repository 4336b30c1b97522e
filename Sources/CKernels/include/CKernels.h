#pragma once

#include "CSVIndex.h"
