#pragma once
#include "Arithmetic.h"
#include "Compare.h"
#include "Convert.h"
#include "Days.h"
#include "Exponential.h"
#include "Select.h"
#include "TextSearch.h"
