#pragma once
#include "Arithmetic.h"
#include "CSVIndex.h"
#include "Compare.h"
#include "Convert.h"
#include "Exponential.h"
#include "Select.h"
#include "TextSearch.h"
